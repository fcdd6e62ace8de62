import type { EngineScenario } from '../engine-scenario.js'

export const continueRule: EngineScenario = {
  rule: 'A step that may fail lets the run go on with its error as data.',
  steps: [
    {
      id: 'a',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
      onError: 'continue',
    },
    {
      id: 'out',
      type: 'set',
      values: {
        why: '{{ steps.a.output.error.title }}',
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
    status: 'succeeded',
    output: {
      why: 'not liked',
    },
  },
}
