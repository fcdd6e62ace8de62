import { z } from 'zod'
import { durationText } from '../../compile/json-schema.js'
import type { StepCall } from '../../run/program.js'
import { PauseSignal } from '../../run/signals.js'
import type { StepKind } from '../step-kind.js'

/** `wait`: lets time pass without holding a worker. Its output is `{ until }`. */
export const waitKind: StepKind<'wait'> = {
  type: 'wait',
  schema: () => ({
    type: z.literal('wait'),
    for: durationText.meta({ title: 'How long', description: 'For example 30s, 5m, 2h or 3d.' }),
  }),
  compile: (step, compiler) => {
    const ms = compiler.duration(step.for, '/for')
    return {
      nature: 'leaf',
      isPure: true,
      run: (call) => {
        const wakeAt = wakeTime(call, ms)
        if (call.frame.activation.now() < wakeAt) throw new PauseSignal(wakeAt)
        return { until: new Date(wakeAt).toISOString() }
      },
    }
  },
}

/** When the wait ends: as recorded by the activation that began it, else counted from now and recorded. */
function wakeTime({ frame, step, address, startedAt }: StepCall, ms: number): number {
  const { activation } = frame
  const recorded = activation.recordOf(address)
  if (recorded?.wakeAt !== undefined) return recorded.wakeAt
  const wakeAt = startedAt + ms
  activation.record({ ...address, type: step.type, status: 'waiting', attempt: 1, startedAt, wakeAt })
  return wakeAt
}
