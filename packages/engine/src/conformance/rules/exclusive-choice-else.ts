import type { EngineScenario } from '../engine-scenario.js'

export const exclusiveChoiceElse: EngineScenario = {
  rule: 'When no condition is true the other steps run.',
  pattern: 'WCP-4 Exclusive Choice',
  steps: [
    {
      id: 'way',
      type: 'branch',
      cases: [
        {
          if: 'false',
          steps: [
            {
              id: 'never',
              type: 'action',
              connector: 'test',
              action: 'call',
              input: {},
            },
          ],
        },
      ],
      else: [
        {
          id: 'otherwise',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {},
        },
      ],
    },
  ],
  expect: {
    status: 'succeeded',
    output: {
      case: 'else',
    },
    effects: ['way/otherwise/0'],
  },
}
