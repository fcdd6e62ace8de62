import type { EngineScenario } from '../engine-scenario.js'

export const itemErrorEndsLoop: EngineScenario = {
  rule: 'A failed item ends the loop and the run; items after it do not begin.',
  steps: [
    {
      id: 'each',
      type: 'forEach',
      items: [1, 2, 3],
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
  ],
  answers: {
    work: [
      {
        output: 1,
      },
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
    effects: ['each/work/0', 'each/work/1'],
  },
}
