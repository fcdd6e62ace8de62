import type { EngineScenario } from '../engine-scenario.js'

export const splitIsSticky: EngineScenario = {
  rule: 'The same key takes the same variant.',
  steps: [
    {
      id: 'each',
      type: 'forEach',
      items: [1, 2, 3],
      steps: [
        {
          id: 'ab',
          type: 'split',
          key: '{{ trigger.mail }}',
          variants: [
            {
              name: 'a',
              weight: 1,
              steps: [],
            },
            {
              name: 'b',
              weight: 1,
              steps: [],
            },
          ],
        },
      ],
    },
    {
      id: 'out',
      type: 'set',
      values: {
        same: '{{ steps.each.output.every(o => o.variant == steps.each.output[0].variant) }}',
      },
    },
  ],
  trigger: {
    mail: 'a@example.com',
  },
  expect: {
    status: 'succeeded',
    output: {
      same: true,
    },
  },
}
