import type { EngineScenario } from '../engine-scenario.js'

export const parallelSplit: EngineScenario = {
  rule: 'Branches run at the same time, and what follows waits for all of them.',
  pattern: 'WCP-2 Parallel Split, WCP-3 Synchronization',
  steps: [
    {
      id: 'both',
      type: 'parallel',
      branches: {
        x: [
          {
            id: 'rest',
            type: 'wait',
            for: '60ms',
          },
          {
            id: 'x1',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
          },
        ],
        y: [
          {
            id: 'y1',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
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
  expect: {
    status: 'succeeded',
    effects: ['both/y1/0', 'both/x1/0', 'after/0'],
  },
}
