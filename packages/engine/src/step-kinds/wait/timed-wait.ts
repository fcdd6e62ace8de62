import { StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import type { WaitStep } from '../../contracts/workflow.js'
import type { LeafBody } from '../../run/program.js'
import { PauseSignal } from '../../run/signals.js'
import type { StepCompiler } from '../step-kind.js'
import { waitingRecord } from '../waiting-record.js'

const HAS_OFFSET = /(?:z|[+-]\d{2}:?\d{2})$/i

/** Waits for a time to pass or a moment to come. The output is `{ until }`. */
export function timedWait(step: WaitStep, compiler: StepCompiler): LeafBody {
  const ms = step.for === undefined ? 0 : compiler.duration(step.for, '/for')
  const until = step.until === undefined ? undefined : compiler.template(step.until, '/until')
  return {
    nature: 'leaf',
    isPure: true,
    run: (call) => {
      const { activation } = call.frame
      const recorded = activation.recordOf(call.address)?.wakeAt
      const wakeAt = recorded ?? (until === undefined ? call.startedAt + ms : momentOf(call.frame.evaluate(until)))
      if (activation.now() >= wakeAt) return { until: new Date(wakeAt).toISOString() }
      if (recorded === undefined) activation.record(waitingRecord(call, wakeAt))
      throw new PauseSignal(wakeAt)
    },
  }
}

function momentOf(value: JsonValue): number {
  const ms =
    typeof value === 'number' ? value : typeof value === 'string' && HAS_OFFSET.test(value) ? Date.parse(value) : NaN
  // The far end of what a date can be; beyond it there is nothing to wait for.
  if (Number.isFinite(ms) && Math.abs(ms) <= 8.64e15) return Math.round(ms)
  throw new StepError('validation', 'The moment to wait for is not a date', {
    detail: `"until" gave ${JSON.stringify(value)}; it needs a date with time and zone such as 2026-12-24T18:00:00Z, or Unix milliseconds.`,
  })
}
