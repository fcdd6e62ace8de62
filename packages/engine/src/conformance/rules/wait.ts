import type { EngineScenario } from '../engine-scenario.js'

export const wait: EngineScenario = {
  rule: 'A wait lets its time pass and costs no worker.',
  steps: [
    {
      id: 'rest',
      type: 'wait',
      for: '80ms',
    },
    {
      id: 'after',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
  ],
  expect: {
    status: 'succeeded',
    effects: ['after/0'],
    history: ['created', 'claimed', 'rest waiting', 'waiting', 'rest succeeded', 'after succeeded', 'succeeded'],
  },
}
