import type { EngineScenario } from '../engine-scenario.js'

export const crashBetweenSteps: EngineScenario = {
  rule: 'What was recorded is not done again after a crash.',
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
    {
      id: 'c',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
  ],
  deaths: [1],
  expect: {
    status: 'succeeded',
    effects: ['a/0', 'b/0', 'b/0', 'c/0'],
  },
}
