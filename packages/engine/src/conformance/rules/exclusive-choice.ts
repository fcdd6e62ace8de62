import type { EngineScenario } from '../engine-scenario.js'

export const exclusiveChoice: EngineScenario = {
  rule: 'The first case whose condition is true is taken, and no other; what follows the branch runs once.',
  pattern: 'WCP-4 Exclusive Choice, WCP-5 Simple Merge',
  steps: [
    {
      id: 'way',
      type: 'branch',
      cases: [
        {
          if: 'trigger.n > 10',
          steps: [
            {
              id: 'big',
              type: 'action',
              connector: 'test',
              action: 'call',
              input: {},
            },
          ],
        },
        {
          if: 'trigger.n > 5',
          steps: [
            {
              id: 'middle',
              type: 'action',
              connector: 'test',
              action: 'call',
              input: {},
            },
          ],
        },
        {
          if: 'true',
          steps: [
            {
              id: 'any',
              type: 'action',
              connector: 'test',
              action: 'call',
              input: {},
            },
          ],
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
  trigger: {
    n: 7,
  },
  expect: {
    status: 'succeeded',
    effects: ['way/middle/0', 'after/0'],
  },
}
