import type { EngineScenario } from '../engine-scenario.js'

export const instancesWithoutWaiting: EngineScenario = {
  rule: 'Children are started and not waited for.',
  pattern: 'WCP-12 Multiple Instances without Synchronization',
  steps: [
    {
      id: 'each',
      type: 'forEach',
      items: [1, 2],
      steps: [
        {
          id: 'sub',
          type: 'call',
          workflow: 'wf_child',
          wait: false,
          input: '{{ item }}',
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
  workflows: {
    wf_child: [
      {
        id: 'rest',
        type: 'wait',
        for: '60ms',
      },
    ],
  },
  expect: {
    status: 'succeeded',
  },
}
