import type { EngineScenario } from '../engine-scenario.js'

export const instancesKnownAtDesignTime: EngineScenario = {
  rule: 'As many children as there are branches, and all are waited for.',
  pattern: 'WCP-13 Multiple Instances with a Priori Design-Time Knowledge',
  steps: [
    {
      id: 'both',
      type: 'parallel',
      branches: {
        x: [
          {
            id: 'x',
            type: 'call',
            workflow: 'wf_child',
            input: 1,
          },
        ],
        y: [
          {
            id: 'y',
            type: 'call',
            workflow: 'wf_child',
            input: 2,
          },
        ],
      },
    },
    {
      id: 'sum',
      type: 'set',
      values: {
        v: '{{ steps.x.output.output.v + steps.y.output.output.v }}',
      },
    },
  ],
  workflows: {
    wf_child: [
      {
        id: 'rest',
        type: 'wait',
        for: '40ms',
      },
      {
        id: 'out',
        type: 'set',
        values: {
          v: '{{ trigger * 10 }}',
        },
      },
    ],
  },
  expect: {
    status: 'succeeded',
    output: {
      v: 30,
    },
  },
}
