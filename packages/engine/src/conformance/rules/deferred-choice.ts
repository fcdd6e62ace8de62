import type { EngineScenario } from '../engine-scenario.js'

export const deferredChoice: EngineScenario = {
  rule: 'The branch is chosen by what happens first outside.',
  pattern: 'WCP-16 Deferred Choice',
  steps: [
    {
      id: 'either',
      type: 'parallel',
      branches: {
        yes: [
          {
            id: 'yes',
            type: 'wait',
            event: {
              name: 'approved',
            },
          },
          {
            id: 'go',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
          },
        ],
        no: [
          {
            id: 'no',
            type: 'wait',
            event: {
              name: 'refused',
            },
          },
          {
            id: 'stop',
            type: 'action',
            connector: 'test',
            action: 'call',
            input: {},
          },
        ],
      },
      join: 'any',
    },
  ],
  happenings: [
    {
      when: 'waiting',
      publish: {
        name: 'refused',
        payload: {},
      },
    },
  ],
  expect: {
    status: 'succeeded',
    effects: ['either/stop/0'],
  },
}
