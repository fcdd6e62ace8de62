import type { StepLog } from '../../contracts/connector.js'
import { toPlainJson } from '../../contracts/plain-json.js'
import type { Redactor } from '../../credentials/redactor.js'
import type { StepLogEntry } from '../../run/engine-options.js'
import { shortText } from '../../run/error-record.js'
import type { StepCall } from '../../run/program.js'

const MAX_MESSAGE = 4_000
const MAX_DATA_BYTES = 65_536

/** Where an action writes what it does: without secrets, in bounds, and never failing, whatever it is given. */
export function stepLog(call: StepCall, redactor: Redactor): StepLog {
  const { deps } = call.frame.activation
  const write = (level: 'info' | 'warn') => (message: string, data?: unknown) => {
    if (deps.onLog === undefined) return
    // Cut last: half a secret would not be known as one.
    const text = typeof message === 'string' ? redactor.text(message).slice(0, MAX_MESSAGE) : typeof message
    const kept = data === undefined ? {} : { data: plain(data, redactor) }
    deps.onLog({ level, message: text, ...kept, ...placeOf(call) })
  }
  return { info: write('info'), warn: write('warn') }
}

/** Which attempt of which step of which run logs something. */
export function placeOf({ frame, step, address, attempt }: StepCall): Omit<StepLogEntry, 'level' | 'message' | 'data'> {
  const { runId, tenantId, customerId } = frame.activation.run
  return { runId, tenantId, customerId, stepPath: step.path, iteration: address.iteration, attempt }
}

function plain(data: unknown, redactor: Redactor): unknown {
  try {
    return redactor.json(toPlainJson(data, { maxBytes: MAX_DATA_BYTES, name: 'data' }))
  } catch (error) {
    return `[not logged: ${shortText(error, redactor)}]`
  }
}
