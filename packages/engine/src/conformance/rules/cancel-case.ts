import type { EngineScenario } from '../engine-scenario.js'

export const cancelCase: EngineScenario = {
  rule: 'A cancelled run ends, and its steps with it.',
  pattern: 'WCP-20 Cancel Case',
  steps: [
    {
      id: 'a',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
    {
      id: 'rest',
      type: 'wait',
      for: '1h',
    },
    {
      id: 'never',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
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
    effects: ['a/0'],
    history: [
      'created',
      'claimed',
      'a succeeded',
      'rest waiting',
      'waiting',
      'cancel_requested',
      'rest cancelled',
      'cancelled',
    ],
  },
}
