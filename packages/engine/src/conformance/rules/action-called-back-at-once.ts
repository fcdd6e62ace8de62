import type { EngineScenario } from '../engine-scenario.js'

export const actionCalledBackAtOnce: EngineScenario = {
  rule: 'A callback that comes before the suspension is recorded is not lost.',
  steps: [{ id: 'job', type: 'action', connector: 'test', action: 'call', input: {} }],
  answers: {
    job: [{ suspends: { state: 1, awaitsCallback: true, isCalledBackWith: 'early' } }, { tellsHowResumed: true }],
  },
  expect: {
    status: 'succeeded',
    output: { state: 1, reason: 'callback', payload: 'early' },
    effects: ['job/0', 'job/0'],
  },
}
