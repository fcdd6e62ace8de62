import type { EngineScenario } from '../engine-scenario.js'

export const eventOnce: EngineScenario = {
  rule: 'One event ends one wait of a run.',
  steps: [
    {
      id: 'loop',
      type: 'while',
      condition: '(index ?? -1) < 1',
      max: 5,
      steps: [
        {
          id: 'tick',
          type: 'wait',
          event: {
            name: 'tick',
          },
        },
        {
          id: 'work',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {},
        },
      ],
    },
  ],
  happenings: [
    {
      when: 'waiting',
      publish: {
        name: 'tick',
        payload: {
          n: 1,
        },
      },
    },
    {
      when: 'waiting',
      publish: {
        name: 'tick',
        payload: {
          n: 2,
        },
      },
    },
  ],
  expect: {
    status: 'succeeded',
    effects: ['loop/work/0', 'loop/work/1'],
  },
}
