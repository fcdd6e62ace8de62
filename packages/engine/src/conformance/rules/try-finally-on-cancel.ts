import type { EngineScenario } from '../engine-scenario.js'

export const tryFinallyOnCancel: EngineScenario = {
  rule: 'What has to be done in any case is done when the run is cancelled too.',
  steps: [
    {
      id: 't',
      type: 'try',
      steps: [
        {
          id: 'rest',
          type: 'wait',
          for: '1h',
        },
      ],
      finally: [
        {
          id: 'always',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {},
        },
      ],
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
    effects: ['t/always/0'],
  },
}
