import type { EngineScenario } from '../engine-scenario.js'

export const retryNotUseful: EngineScenario = {
  rule: 'An error that another attempt cannot mend is not repeated.',
  steps: [
    {
      id: 'a',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
      retry: {
        maxAttempts: 3,
        initialInterval: '30ms',
        backoffCoefficient: 1,
      },
    },
  ],
  answers: {
    a: [
      {
        error: {
          kind: 'rejected',
          title: 'not liked',
        },
      },
    ],
  },
  expect: {
    status: 'failed',
    effects: ['a/0'],
  },
}
