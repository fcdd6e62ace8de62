import type { EngineScenario } from '../engine-scenario.js'

export const recursion: EngineScenario = {
  rule: 'A workflow may call itself as long as its condition says so.',
  pattern: 'WCP-22 Recursion',
  steps: [
    {
      id: 'sub',
      type: 'call',
      workflow: 'wf_down',
      input: 3,
    },
  ],
  workflows: {
    wf_down: [
      {
        id: 'work',
        type: 'action',
        connector: 'test',
        action: 'call',
        input: {},
      },
      {
        id: 'again',
        type: 'call',
        if: 'trigger > 1',
        workflow: 'wf_down',
        input: '{{ trigger - 1 }}',
      },
    ],
  },
  expect: {
    status: 'succeeded',
    effects: ['work/0', 'work/0', 'work/0'],
  },
}
