import type { EngineScenario } from '../engine-scenario.js'

export const approval: EngineScenario = {
  rule: 'A run waits for a decision, of which the first counts.',
  steps: [
    {
      id: 'ok',
      type: 'wait',
      approval: {
        title: 'Pay?',
      },
      steps: [
        {
          id: 'mail',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {
            token: '{{ steps.ok.output.url }}',
          },
        },
      ],
    },
    {
      id: 'way',
      type: 'branch',
      cases: [
        {
          if: 'steps.ok.output.approved',
          steps: [
            {
              id: 'pay',
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
  happenings: [
    {
      when: 'waiting',
      answer: {
        step: 'mail',
        with: {
          approved: true,
        },
      },
    },
  ],
  expect: {
    status: 'succeeded',
    effects: ['ok/mail/0', 'way/pay/0'],
  },
}
