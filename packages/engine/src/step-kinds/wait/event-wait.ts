import { StepError } from '../../contracts/errors.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.js'
import type { EventWait } from '../../contracts/workflow.js'
import type { LeafBody, StepCall } from '../../run/program.js'
import { PauseSignal } from '../../run/signals.js'
import type { StepCompiler } from '../step-kind.js'
import { waitingRecord } from '../waiting-record.js'

/** Waits for an event of the run's customer. The output is `{ event, timedOut }`; `event` is null after the time-out. */
export function eventWait(event: EventWait, compiler: StepCompiler): LeafBody {
  const match = compiler.template(event.match ?? {}, '/event/match')
  const timeoutMs = event.timeout === undefined ? undefined : compiler.duration(event.timeout, '/event/timeout')
  return {
    nature: 'leaf',
    // An event that comes after the time-out was acted upon must not be taken instead.
    isPure: false,
    run: (call) => {
      const { activation } = call.frame
      const recorded = activation.recordOf(call.address)
      const answer = activation.answerOf(call.address)
      if (answer !== undefined) return close(call, { event: answer, timedOut: false })
      if (recorded?.status === 'waiting') return expireOrPause(event, call, recorded.wakeAt)
      const wakeAt = timeoutMs === undefined ? undefined : call.startedAt + timeoutMs
      const wanted = asMatch(call.frame.evaluate(match))
      call.input = { event: event.name, match: wanted }
      activation.record(waitingRecord(call, wakeAt), { kind: 'event', name: event.name, match: wanted })
      throw wakeAt === undefined ? new PauseSignal() : new PauseSignal(wakeAt)
    },
  }
}

function expireOrPause({ name, onTimeout }: EventWait, call: StepCall, deadline: number | undefined): JsonValue {
  if (deadline === undefined) throw new PauseSignal()
  if (call.frame.activation.now() < deadline) throw new PauseSignal(deadline)
  const output = close(call, { event: null, timedOut: true })
  if (onTimeout !== 'fail') return output
  throw new StepError('timeout', `The event "${name}" did not come in time`, { retryable: false })
}

function close(call: StepCall, output: JsonValue): JsonValue {
  call.closesWait = true
  return output
}

function asMatch(value: JsonValue): JsonObject {
  const isPlain = (wanted: JsonValue): boolean => typeof wanted !== 'object' || wanted === null
  if (isJsonObject(value) && Object.values(value).every(isPlain)) return value
  throw new StepError('validation', 'What the event must match is not plain', {
    detail: '"match" names fields of the event and gives a text, number, true, false or null for each.',
  })
}
