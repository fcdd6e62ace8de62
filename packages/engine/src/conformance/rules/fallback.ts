import type { EngineScenario } from '../engine-scenario.js'

export const fallback: EngineScenario = {
  rule: 'Other steps take the place of one that failed; they see its error, and may have fallbacks themselves.',
  steps: [
    {
      id: 'a',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
      onError: {
        fallback: [
          {
            id: 'b',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {
              why: '{{ steps.a.output.error.title }}',
            },
            onError: {
              fallback: [
                {
                  id: 'c',
                  type: 'action',
                  connector: 'test',
                  action: 'call',
                  input: {},
                },
              ],
            },
          },
        ],
      },
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
    b: [
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
    effects: ['a/0', 'a/b/0', 'a/b/c/0', 'after/0'],
  },
}
