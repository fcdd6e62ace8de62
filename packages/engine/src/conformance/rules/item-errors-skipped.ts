import type { EngineScenario } from '../engine-scenario.js'

export const itemErrorsSkipped: EngineScenario = {
  rule: 'A loop leaves failed items out.',
  steps: [
    {
      id: 'each',
      type: 'forEach',
      items: [1, 2, 3],
      onItemError: 'skip',
      steps: [
        {
          id: 'work',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {
            n: '{{ item }}',
          },
        },
      ],
    },
  ],
  answers: {
    work: [
      {
        output: {
          n: 1,
        },
      },
      {
        error: {
          kind: 'rejected',
          title: 'not liked',
        },
      },
      {
        output: {
          n: 3,
        },
      },
    ],
  },
  expect: {
    status: 'succeeded',
    output: [
      {
        n: 1,
      },
      {
        n: 3,
      },
    ],
  },
}
