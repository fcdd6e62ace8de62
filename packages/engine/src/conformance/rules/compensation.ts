import type { EngineScenario } from '../engine-scenario.js'

export const compensation: EngineScenario = {
  rule: 'What succeeded is undone in reverse order when the run fails.',
  steps: [
    {
      id: 'a',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
      compensate: {
        id: 'undo_a',
        type: 'action',
        connector: 'test',
        action: 'call',
        input: {},
      },
    },
    {
      id: 'b',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
      compensate: {
        id: 'undo_b',
        type: 'action',
        connector: 'test',
        action: 'call',
        input: {},
      },
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
    c: [
      {
        error: {
          kind: 'rejected',
          title: 'not liked',
        },
      },
    ],
  },
  expect: {
    status: 'failed',
    effects: ['a/0', 'b/0', 'c/0', 'b/undo_b/0', 'a/undo_a/0'],
    history: [
      'created',
      'claimed',
      'a succeeded',
      'b succeeded',
      'c failed',
      'b/undo_b succeeded',
      'a/undo_a succeeded',
      'failed',
    ],
  },
}
