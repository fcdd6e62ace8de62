import type { EngineScenario } from '../engine-scenario.js'

export const retryUsedUp: EngineScenario = {
  rule: 'A step whose attempts are used up fails, and names itself.',
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
    {
      id: 'never',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
  ],
  answers: {
    a: [
      {
        error: {
          kind: 'communication',
          title: 'down',
        },
      },
    ],
  },
  expect: {
    status: 'failed',
    error: {
      kind: 'communication',
      title: 'down',
      stepPath: 'a',
    },
    effects: ['a/0', 'a/0', 'a/0'],
  },
}
