import type { EngineScenario } from '../engine-scenario.js'

export const eventCorrelation: EngineScenario = {
  rule: 'A wait takes the event whose fields match, and no other.',
  steps: [
    {
      id: 'w',
      type: 'wait',
      event: {
        name: 'paid',
        match: {
          'order.id': '{{ trigger.id }}',
        },
      },
    },
    {
      id: 'out',
      type: 'set',
      values: {
        amount: '{{ steps.w.output.event.payload.amount }}',
      },
    },
  ],
  trigger: {
    id: 'A-1',
  },
  happenings: [
    {
      when: 'waiting',
      publish: {
        name: 'paid',
        payload: {
          order: {
            id: 'B-2',
          },
          amount: 1,
        },
      },
    },
    {
      when: 'waiting',
      publish: {
        name: 'paid',
        payload: {
          order: {
            id: 'A-1',
          },
          amount: 2,
        },
      },
    },
  ],
  expect: {
    status: 'succeeded',
    output: {
      amount: 2,
    },
  },
}
