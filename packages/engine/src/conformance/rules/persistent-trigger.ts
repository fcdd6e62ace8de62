import type { EngineScenario } from '../engine-scenario.js'

export const persistentTrigger: EngineScenario = {
  rule: 'An event that came before the wait, since the run began, ends it.',
  pattern: 'WCP-24 Persistent Trigger',
  steps: [
    {
      id: 'first',
      type: 'wait',
      event: {
        name: 'first',
      },
    },
    {
      id: 'between',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
    {
      id: 'second',
      type: 'wait',
      event: {
        name: 'second',
      },
    },
    {
      id: 'after',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {},
    },
  ],
  happenings: [
    {
      when: 'waiting',
      publish: {
        name: 'second',
        payload: {},
      },
    },
    {
      when: 'waiting',
      publish: {
        name: 'first',
        payload: {},
      },
    },
  ],
  expect: {
    status: 'succeeded',
    effects: ['between/0', 'after/0'],
  },
}
