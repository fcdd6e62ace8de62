import type { EngineScenario } from '../engine-scenario.js'

export const discriminator: EngineScenario = {
  rule: 'The first branch to end lets the run go on; the others are cancelled.',
  pattern: 'WCP-9 Structured Discriminator, WCP-29 Cancelling Discriminator',
  steps: [
    {
      id: 'race',
      type: 'parallel',
      branches: {
        fast: [
          {
            id: 'fast',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
          },
        ],
        slow: [
          {
            id: 'slow',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
          },
          {
            id: 'late',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
          },
        ],
      },
      join: 'any',
    },
    {
      id: 'after',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
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
    effects: ['race/fast/0', 'race/slow/0', 'after/0'],
  },
}
