import type { EngineScenario } from '../engine-scenario.js'

export const loopLimit: EngineScenario = {
  rule: 'A loop that does not end fails with a limit.',
  steps: [
    {
      id: 'loop',
      type: 'while',
      condition: 'true',
      max: 2,
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
  expect: {
    status: 'failed',
    error: {
      kind: 'limit',
      stepPath: 'loop',
    },
    effects: ['loop/work/0', 'loop/work/1'],
  },
}
