import type { EngineScenario } from '../engine-scenario.js'

export const redrive: EngineScenario = {
  rule: 'A failed run goes on from where it failed, and keeps what had succeeded.',
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
  answers: {
    b: [
      {
        error: {
          kind: 'rejected',
          title: 'not liked',
        },
      },
      {
        output: 1,
      },
    ],
  },
  happenings: [
    {
      when: 'failed',
      control: 'redrive',
    },
  ],
  expect: {
    status: 'succeeded',
    effects: ['a/0', 'b/0', 'b/0', 'c/0'],
    history: [
      'created',
      'claimed',
      'a succeeded',
      'b failed',
      'failed',
      'b forgotten',
      'redriven',
      'b succeeded',
      'c succeeded',
      'succeeded',
    ],
    anyOrder: true,
  },
}
