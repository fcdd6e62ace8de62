import type { EngineScenario } from '../engine-scenario.js'

export const cancelASuspendedAction: EngineScenario = {
  rule: 'A run that is cancelled while an action waits undoes what was done before; the action is not called again.',
  steps: [
    {
      id: 'first',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
      compensate: { id: 'undo', type: 'action', connector: 'test', action: 'call', input: {} },
    },
    { id: 'job', type: 'action', connector: 'test', action: 'call', input: {} },
  ],
  answers: { job: [{ suspends: { state: null, awaitsCallback: true } }] },
  happenings: [{ when: 'waiting', control: 'cancel' }],
  expect: { status: 'cancelled', effects: ['first/0', 'job/0', 'first/undo/0'] },
}
