import type { EngineScenario } from '../engine-scenario.js'

export const crashInASuspendedAction: EngineScenario = {
  rule: 'An action that suspends itself survives crashes between and in its rounds, with its state and its callback.',
  steps: [{ id: 'job', type: 'action', connector: 'test', action: 'call', input: {} }],
  answers: {
    job: [
      { suspends: { state: 1, awaitsCallback: true, isCalledBackWith: 'early' } },
      { suspends: { state: 1, awaitsCallback: true } },
      { tellsHowResumed: true },
    ],
  },
  // The first dies before it records the suspension, the second before it records the end.
  deaths: [1, 3],
  expect: {
    status: 'succeeded',
    output: { state: 1, reason: 'callback', payload: 'early' },
    effects: ['job/0', 'job/0', 'job/0', 'job/0'],
  },
}
