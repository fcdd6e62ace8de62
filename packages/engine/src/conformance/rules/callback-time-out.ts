import type { EngineScenario } from '../engine-scenario.js'

export const callbackTimeOut: EngineScenario = {
  rule: 'A callback that does not come in time is a failure.',
  steps: [
    {
      id: 'back',
      type: 'wait',
      callback: {
        timeout: '60ms',
      },
    },
  ],
  expect: {
    status: 'failed',
    error: {
      kind: 'timeout',
      stepPath: 'back',
    },
  },
}
