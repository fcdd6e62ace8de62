import type { EngineScenario } from '../engine-scenario.js'

export const compensationFails: EngineScenario = {
  rule: 'What cannot be undone is named, and the rest is undone.',
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
    undo_b: [
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
    error: {
      title: 'not liked',
      detail: 'Could not be undone: "b/undo_b".',
    },
  },
}
