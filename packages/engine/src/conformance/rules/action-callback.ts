import type { EngineScenario } from '../engine-scenario.js'

export const actionCallback: EngineScenario = {
  rule: 'An action that has suspended itself goes on with a callback and its state.',
  steps: [{ id: 'job', type: 'action', connector: 'test', action: 'call', input: {} }],
  answers: {
    job: [{ suspends: { state: { n: 1 }, awaitsCallback: true } }, { tellsHowResumed: true }],
  },
  happenings: [{ when: 'waiting', answer: { step: 'job', with: { body: { done: true } } } }],
  expect: {
    status: 'succeeded',
    output: { state: { n: 1 }, reason: 'callback', payload: { done: true } },
    effects: ['job/0', 'job/0'],
    history: [
      'created',
      'claimed',
      'job running',
      'job waiting',
      'waiting',
      'job answered',
      'job running',
      'job succeeded',
      'succeeded',
    ],
  },
}
