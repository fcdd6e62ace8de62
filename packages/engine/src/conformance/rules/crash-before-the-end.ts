import type { EngineScenario } from '../engine-scenario.js'

export const crashBeforeTheEnd: EngineScenario = {
  rule: 'A run whose process dies before it could record the end ends once.',
  steps: [
    {
      id: 'a',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
    {
      id: 'b',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
  ],
  deaths: [1],
  expect: {
    status: 'succeeded',
    effects: ['a/0', 'b/0', 'b/0'],
  },
}
