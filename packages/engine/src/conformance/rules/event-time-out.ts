import type { EngineScenario } from '../engine-scenario.js'

export const eventTimeOut: EngineScenario = {
  rule: 'A wait whose event does not come goes on after its time-out.',
  steps: [
    {
      id: 'w',
      type: 'wait',
      event: {
        name: 'never',
        timeout: '60ms',
      },
    },
    {
      id: 'after',
      type: 'action',
      connector: 'test',
      action: 'call',
      input: {
        late: '{{ steps.w.output.timedOut }}',
      },
    },
  ],
  expect: {
    status: 'succeeded',
    output: {
      late: true,
    },
    history: ['created', 'claimed', 'w waiting', 'waiting', 'w succeeded', 'after succeeded', 'succeeded'],
  },
}
