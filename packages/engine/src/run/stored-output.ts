import { createHash } from 'node:crypto'
import { StepError } from '../contracts/errors.js'
import { isJsonObject, type JsonValue } from '../contracts/json.js'
import { measurePlainJson } from '../contracts/plain-json.js'
import { idempotencyKey, type StepRecord } from '../contracts/run.js'
import type { ClaimedRun } from '../ports/journal.js'
import type { Activation } from './activation.js'
import type { StepCall } from './program.js'

/** What the journal holds in place of an output that is kept in the blob store. */
interface BlobReference {
  readonly key: string
  readonly bytes: number
  readonly sha256: string
}

/** The field that marks a reference. */
const MARK = '$blob'

/**
 * A step's output as plain JSON, in bounds. One that is too large for the journal goes to the blob store, and `call.stored`
 * says so.
 *
 * @param clean leaves out what nobody should read
 * @throws StepError `limit` when it is too large even so, `bug` when it is not data
 */
export async function keepOutput(
  call: StepCall,
  output: unknown,
  clean: (value: JsonValue) => JsonValue = (value) => value,
): Promise<JsonValue> {
  const { activation } = call.frame
  const { blobs, settings } = activation.deps
  const maxBytes = blobs === undefined ? settings.maxPayloadBytes : settings.maxBlobBytes
  const { value: plain, bytes } = measurePlainJson(output, { maxBytes, name: 'output' })
  const value = clean(plain)
  activation.growHistory(Math.min(bytes, settings.maxPayloadBytes))
  if (blobs === undefined || bytes <= settings.maxPayloadBytes) return value
  const text = Buffer.from(JSON.stringify(value))
  const sha256 = createHash('sha256').update(text).digest('hex')
  const { tenantId, customerId, runId } = activation.run
  // The content is part of the key: a repeated attempt must not change what an earlier one has recorded.
  const key = `${tenantId}/${customerId}/${idempotencyKey(runId, call.address)}/${sha256}`
  await blobs.put(key, text)
  call.stored = { [MARK]: { key, bytes: text.length, sha256 } }
  return value
}

/**
 * Gives an activation the outputs that earlier ones put into the blob store.
 *
 * @throws StepError `limit` when an output is no longer there
 */
export async function restoreOutputs(activation: Activation): Promise<void> {
  const { run, deps } = activation
  const { blobs } = deps
  if (blobs === undefined || !run.steps.some(({ output }) => referenceIn(output, run) !== undefined)) return
  const steps = await Promise.all(
    run.steps.map(async (step): Promise<StepRecord> => {
      const reference = referenceIn(step.output, run)
      if (reference === undefined) return step
      const bytes = await blobs.get(reference.key)
      if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== reference.sha256) {
        throw new StepError('limit', `The output of "${step.stepPath}" is no longer kept`, {
          detail:
            'It was larger than the journal holds, and the blob store does not have it any more. Rerun the workflow.',
        })
      }
      return { ...step, output: JSON.parse(Buffer.from(bytes).toString()) as JsonValue }
    }),
  )
  activation.restoreSteps(steps)
}

/** A service's answer may look like a reference: only those below the customer's own prefix are followed. */
function referenceIn(output: JsonValue | undefined, run: ClaimedRun): BlobReference | undefined {
  const mark = isJsonObject(output) && Object.keys(output).length === 1 ? output[MARK] : undefined
  if (!isJsonObject(mark)) return undefined
  const { key, bytes, sha256 } = mark
  if (typeof key !== 'string' || typeof bytes !== 'number' || typeof sha256 !== 'string') return undefined
  return key.startsWith(`${run.tenantId}/${run.customerId}/`) ? { key, bytes, sha256 } : undefined
}
