import type { EngineScenario } from '../engine-scenario.js'

export const actionPolls: EngineScenario = {
  rule: 'An action may suspend itself again and again; each time it is called at its moment.',
  steps: [{ id: 'job', type: 'action', connector: 'test', action: 'call', input: {} }],
  answers: {
    job: [
      { suspends: { state: 1, resumeInMs: 60 } },
      { suspends: { state: 2, resumeInMs: 60 } },
      { tellsHowResumed: true },
    ],
  },
  expect: {
    status: 'succeeded',
    output: { state: 2, reason: 'time', payload: null },
    effects: ['job/0', 'job/0', 'job/0'],
  },
}
