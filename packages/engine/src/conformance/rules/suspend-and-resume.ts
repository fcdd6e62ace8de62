import type { EngineScenario } from '../engine-scenario.js'

export const suspendAndResume: EngineScenario = {
  rule: 'A suspended run does nothing until it is resumed.',
  steps: [
    {
      id: 'rest',
      type: 'wait',
      for: '700ms',
    },
    {
      id: 'after',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
  ],
  happenings: [
    {
      when: 'waiting',
      control: 'suspend',
    },
    {
      when: 'suspended',
      control: 'resume',
    },
  ],
  expect: {
    status: 'succeeded',
    effects: ['after/0'],
  },
}
