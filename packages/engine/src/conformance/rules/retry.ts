import type { EngineScenario } from '../engine-scenario.js'

export const retry: EngineScenario = {
  rule: 'A failed attempt is repeated with the same idempotency key until it succeeds.',
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
          kind: 'communication',
          title: 'down',
        },
      },
      {
        error: {
          kind: 'communication',
          title: 'down',
        },
      },
      {
        output: 1,
      },
    ],
  },
  expect: {
    status: 'succeeded',
    effects: ['a/0', 'a/0', 'a/0'],
    history: ['created', 'claimed', 'a retrying', 'waiting', 'a retrying', 'waiting', 'a succeeded', 'succeeded'],
  },
}
