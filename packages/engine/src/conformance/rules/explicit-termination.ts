import type { EngineScenario } from '../engine-scenario.js'

export const explicitTermination: EngineScenario = {
  rule: 'A stop step ends the whole run, from any depth.',
  pattern: 'WCP-43 Explicit Termination',
  steps: [
    {
      id: 'each',
      type: 'forEach',
      items: [1, 2],
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
        {
          id: 'enough',
          type: 'stop',
          if: 'item == 1',
          outcome: 'succeeded',
          output: 'done',
        },
      ],
    },
    {
      id: 'never',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
  ],
  expect: {
    status: 'succeeded',
    output: 'done',
    effects: ['each/work/0'],
  },
}
