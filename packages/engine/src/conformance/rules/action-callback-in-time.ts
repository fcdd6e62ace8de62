import type { EngineScenario } from '../engine-scenario.js'

export const actionCallbackInTime: EngineScenario = {
  rule: 'An action waits for a callback until its moment, and the next callback has an address of its own.',
  steps: [{ id: 'job', type: 'action', connector: 'test', action: 'call', input: {} }],
  answers: {
    job: [
      { suspends: { state: 1, awaitsCallback: true, resumeInMs: 80 } },
      { suspends: { state: 2, awaitsCallback: true, isCalledBackWith: 'a' } },
      { suspends: { state: 3, awaitsCallback: true, isCalledBackWith: 'b' } },
      { tellsHowResumed: true },
    ],
  },
  expect: { status: 'succeeded', output: { state: 3, reason: 'callback', payload: 'b' } },
}
