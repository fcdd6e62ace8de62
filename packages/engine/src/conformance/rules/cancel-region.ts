import type { EngineScenario } from '../engine-scenario.js'

export const cancelRegion: EngineScenario = {
  rule: 'Cancelling a branch ends its waits and leaves the rest of the run alone.',
  pattern: 'WCP-25 Cancel Region',
  steps: [
    {
      id: 'race',
      type: 'parallel',
      branches: {
        soon: [
          {
            id: 'soon',
            type: 'wait',
            for: '40ms',
          },
        ],
        never: [
          {
            id: 'never',
            type: 'wait',
            event: {
              name: 'never',
            },
          },
          {
            id: 'lost',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
          },
        ],
      },
      join: 'any',
    },
    {
      id: 'after',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
  ],
  expect: {
    status: 'succeeded',
    effects: ['after/0'],
    history: [
      'created',
      'claimed',
      'race/never waiting',
      'race/soon waiting',
      'waiting',
      'race running',
      'race/soon succeeded',
      'race/never cancelled',
      'race succeeded',
      'after succeeded',
      'succeeded',
    ],
    anyOrder: true,
  },
}
