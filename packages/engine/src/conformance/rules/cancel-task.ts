import type { EngineScenario } from '../engine-scenario.js'

export const cancelTask: EngineScenario = {
  rule: 'An attempt that takes too long is stopped, and the workflow can go on without it.',
  pattern: 'WCP-19 Cancel Task',
  steps: [
    {
      id: 'slow',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
      timeout: '40ms',
      onError: 'continue',
    },
    {
      id: 'after',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {
        why: '{{ steps.slow.output.error.kind }}',
      },
    },
  ],
  answers: {
    slow: [
      {
        hangs: true,
      },
    ],
  },
  expect: {
    status: 'succeeded',
    output: {
      why: 'timeout',
    },
  },
}
