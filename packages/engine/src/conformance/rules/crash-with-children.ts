import type { EngineScenario } from '../engine-scenario.js'

export const crashWithChildren: EngineScenario = {
  rule: 'A child is started once, however often its parent dies.',
  steps: [
    {
      id: 'sub',
      type: 'call',
      workflow: 'wf_child',
    },
    {
      id: 'after',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
  ],
  workflows: {
    wf_child: [
      {
        id: 'work',
        type: 'action',
        connector: 'test',
        action: 'call',
        input: {},
      },
    ],
  },
  deaths: [2],
  expect: {
    status: 'succeeded',
    effects: ['work/0', 'after/0'],
  },
}
