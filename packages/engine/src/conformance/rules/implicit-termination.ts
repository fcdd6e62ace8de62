import type { EngineScenario } from '../engine-scenario.js'

export const implicitTermination: EngineScenario = {
  rule: 'A run has succeeded when nothing is left to do, also after steps that were skipped.',
  pattern: 'WCP-11 Implicit Termination',
  steps: [
    {
      id: 'a',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
      if: 'false',
    },
    {
      id: 'way',
      type: 'branch',
      cases: [
        {
          if: 'false',
          steps: [
            {
              id: 'b',
              type: 'action',
              connector: 'test',
              action: 'call',
              input: {},
            },
          ],
        },
      ],
    },
  ],
  expect: {
    status: 'succeeded',
    effects: [],
    history: ['created', 'claimed', 'a skipped', 'way succeeded', 'succeeded'],
  },
}
