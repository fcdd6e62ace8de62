import type { EngineScenario } from '../engine-scenario.js'

export const childFailure: EngineScenario = {
  rule: 'A child that fails fails the step that called it.',
  steps: [
    {
      id: 'sub',
      type: 'call',
      workflow: 'wf_child',
    },
  ],
  workflows: {
    wf_child: [
      {
        id: 'work',
        type: 'action',
        connector: 'test',
        action: 'call',
        input: {},
      },
    ],
  },
  answers: {
    work: [
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
    error: {
      kind: 'rejected',
      title: 'The called workflow did not succeed',
      stepPath: 'sub',
    },
  },
}
