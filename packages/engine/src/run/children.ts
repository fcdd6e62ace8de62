import { createHash } from 'node:crypto'
import type { RunId } from '../contracts/ids.js'
import { idempotencyKey, type StepAddress } from '../contracts/run.js'
import type { Activation } from './activation.js'

const TIME_DIGITS = 12
const RANDOM_DIGITS = 20

/**
 * The id of the child run that a `call` step starts: always the same for the same step, so that a parent which dies
 * while it starts children starts none twice. Its time is the parent's, so that the two share a partition.
 */
export function childRunId(parent: RunId, address: StepAddress): RunId {
  const time = parent.slice('run_'.length, 'run_'.length + TIME_DIGITS)
  const digest = createHash('sha256').update(idempotencyKey(parent, address)).digest()
  // Version 8 and the variant of RFC 9562: an id of this form that is made by rule instead of at random.
  digest[0] = ((digest[0] ?? 0) & 0x0f) | 0x80
  digest[2] = ((digest[2] ?? 0) & 0x3f) | 0x80
  return `run_${time}${digest.toString('hex').slice(0, RANDOM_DIGITS)}` as RunId
}

/**
 * Cancels the children that a run still waits for. Harmless to repeat.
 *
 * @param below only those called from inside this block's path
 */
export async function cancelChildren(activation: Activation, below = ''): Promise<void> {
  const { journal, dispatcher } = activation.deps
  const { runId, tenantId, customerId } = activation.run
  const calls = activation.openSteps(below).filter(({ type }) => type === 'call')
  for (const call of calls) {
    const { due } = await journal.requestCancel({ tenantId, customerId }, childRunId(runId, call))
    if (due.length > 0) dispatcher?.dispatch(due)
  }
}
