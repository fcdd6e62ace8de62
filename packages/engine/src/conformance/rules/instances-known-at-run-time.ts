import type { EngineScenario } from '../engine-scenario.js'

export const instancesKnownAtRunTime: EngineScenario = {
  rule: 'Steps run for each item of a list, so many at a time, and the outputs keep the order.',
  pattern: 'WCP-14 Multiple Instances with a Priori Run-Time Knowledge',
  steps: [
    {
      id: 'each',
      type: 'forEach',
      items: '{{ trigger.list }}',
      concurrency: 2,
      steps: [
        {
          id: 'work',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {
            n: '{{ item * 10 }}',
            i: '{{ index }}',
          },
        },
      ],
    },
  ],
  trigger: {
    list: [1, 2, 3],
  },
  expect: {
    status: 'succeeded',
    output: [
      {
        n: 10,
        i: 0,
      },
      {
        n: 20,
        i: 1,
      },
      {
        n: 30,
        i: 2,
      },
    ],
  },
}
