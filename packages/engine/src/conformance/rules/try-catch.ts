import type { EngineScenario } from '../engine-scenario.js'

export const tryCatch: EngineScenario = {
  rule: 'A failure anywhere inside is caught.',
  steps: [
    {
      id: 't',
      type: 'try',
      steps: [
        {
          id: 'a',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {},
        },
        {
          id: 'never',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {},
        },
      ],
      catch: [
        {
          id: 'sorry',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {
            why: '{{ steps.t.output.error.title }}',
          },
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
      id: 'after',
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
          kind: 'rejected',
          title: 'not liked',
        },
      },
    ],
  },
  expect: {
    status: 'succeeded',
    effects: ['t/a/0', 't/sorry/0', 't/always/0', 'after/0'],
  },
}
