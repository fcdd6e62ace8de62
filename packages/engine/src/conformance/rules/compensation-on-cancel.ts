import type { EngineScenario } from '../engine-scenario.js'

export const compensationOnCancel: EngineScenario = {
  rule: 'What succeeded is undone when the run is cancelled.',
  steps: [
    {
      id: 'a',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
      compensate: {
        id: 'undo_a',
        type: 'action',
        connector: 'test',
        action: 'call',
        input: {},
      },
    },
    {
      id: 'rest',
      type: 'wait',
      for: '1h',
    },
  ],
  happenings: [
    {
      when: 'waiting',
      control: 'cancel',
    },
  ],
  expect: {
    status: 'cancelled',
    effects: ['a/0', 'a/undo_a/0'],
  },
}
