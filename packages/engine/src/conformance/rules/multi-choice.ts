import type { EngineScenario } from '../engine-scenario.js'

export const multiChoice: EngineScenario = {
  rule: 'Any number of branches are taken by conditions of their own, and what follows waits for those.',
  pattern: 'WCP-6 Multi-Choice, WCP-7 Structured Synchronizing Merge',
  steps: [
    {
      id: 'some',
      type: 'parallel',
      branches: {
        x: [
          {
            id: 'x',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
            if: 'trigger.n > 1',
          },
        ],
        y: [
          {
            id: 'y',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
            if: 'trigger.n > 2',
          },
        ],
        z: [
          {
            id: 'z',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
            if: 'trigger.n > 9',
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
  trigger: {
    n: 5,
  },
  expect: {
    status: 'succeeded',
    effects: ['some/x/0', 'some/y/0', 'after/0'],
    anyOrder: true,
  },
}
