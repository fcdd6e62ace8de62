import type { EngineScenario } from '../engine-scenario.js'

export const structuredLoop: EngineScenario = {
  rule: 'Steps are repeated as long as a condition holds, which sees what they gave.',
  pattern: 'WCP-21 Structured Loop',
  steps: [
    {
      id: 'poll',
      type: 'while',
      condition: "steps.ask?.output.state != 'ready'",
      max: 10,
      steps: [
        {
          id: 'ask',
          type: 'action',
          connector: 'test',
          action: 'call',
          input: {},
        },
        {
          id: 'rest',
          type: 'wait',
          for: '20ms',
        },
      ],
    },
  ],
  answers: {
    ask: [
      {
        output: {
          state: 'no',
        },
      },
      {
        output: {
          state: 'no',
        },
      },
      {
        output: {
          state: 'ready',
        },
      },
    ],
  },
  expect: {
    status: 'succeeded',
    effects: ['poll/ask/0', 'poll/ask/1', 'poll/ask/2'],
  },
}
