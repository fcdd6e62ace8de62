import type { EngineScenario } from '../engine-scenario.js'

export const crashWhileWaiting: EngineScenario = {
  rule: 'A wait goes on from where it was, with its first deadline.',
  steps: [
    {
      id: 'a',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
    {
      id: 'rest',
      type: 'wait',
      for: '1200ms',
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
    history: [
      'created',
      'claimed',
      'a succeeded',
      'rest waiting',
      'waiting',
      'recovered',
      'rest succeeded',
      'b running',
      'b succeeded',
      'succeeded',
    ],
  },
}
