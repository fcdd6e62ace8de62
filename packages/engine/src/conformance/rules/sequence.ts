import type { EngineScenario } from '../engine-scenario.js'

export const sequence: EngineScenario = {
  rule: 'A step begins when the one before it has ended, and sees what it gave.',
  pattern: 'WCP-1 Sequence',
  steps: [
    {
      id: 'a',
      type: 'set',
      values: {
        n: '{{ trigger.n + 1 }}',
      },
    },
    {
      id: 'b',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {
        n: '{{ steps.a.output.n }}',
      },
    },
    {
      id: 'c',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {
        n: '{{ steps.b.output.n }}',
      },
    },
  ],
  trigger: {
    n: 1,
  },
  expect: {
    status: 'succeeded',
    output: {
      n: 2,
    },
    effects: ['b/0', 'c/0'],
    history: ['created', 'claimed', 'a succeeded', 'b succeeded', 'c succeeded', 'succeeded'],
  },
}
