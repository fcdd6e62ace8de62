import type { EngineScenario } from '../engine-scenario.js'

export const callback: EngineScenario = {
  rule: 'A run waits for a request to an address of its own.',
  steps: [
    {
      id: 'back',
      type: 'wait',
      callback: {
        timeout: '1h',
      },
      steps: [
        {
          id: 'start',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {
            token: '{{ steps.back.output.url }}',
          },
        },
      ],
    },
    {
      id: 'out',
      type: 'set',
      values: {
        n: '{{ steps.back.output.body.n }}',
      },
    },
  ],
  happenings: [
    {
      when: 'waiting',
      answer: {
        step: 'start',
        with: {
          body: {
            n: 4,
          },
        },
      },
    },
  ],
  expect: {
    status: 'succeeded',
    output: {
      n: 4,
    },
    effects: ['back/start/0'],
  },
}
