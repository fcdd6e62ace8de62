import type { EngineScenario } from '../engine-scenario.js'

export const itemErrorsCollected: EngineScenario = {
  rule: 'A loop keeps the error of a failed item in its place.',
  steps: [
    {
      id: 'each',
      type: 'forEach',
      items: [1, 2],
      onItemError: 'collect',
      steps: [
        {
          id: 'work',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {},
        },
      ],
    },
    {
      id: 'out',
      type: 'set',
      values: {
        kinds: '{{ steps.each.output.map(o => o.error?.kind ?? "fine") }}',
      },
    },
  ],
  answers: {
    work: [
      {
        error: {
          kind: 'rejected',
          title: 'not liked',
        },
      },
      {
        output: 1,
      },
    ],
  },
  expect: {
    status: 'succeeded',
    output: {
      kinds: ['rejected', 'fine'],
    },
  },
}
