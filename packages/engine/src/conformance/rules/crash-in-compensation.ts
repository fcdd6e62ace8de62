import type { EngineScenario } from '../engine-scenario.js'

export const crashInCompensation: EngineScenario = {
  rule: 'Undoing goes on after a crash, and undoes nothing twice that was recorded.',
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
  deaths: [4],
  expect: {
    status: 'failed',
    effects: ['a/0', 'b/0', 'c/0', 'b/undo_b/0', 'a/undo_a/0', 'a/undo_a/0'],
  },
}
