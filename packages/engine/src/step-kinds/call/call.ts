import { z } from 'zod'
import { jsonValue } from '../../compile/json-schema.js'
import { ERROR_KINDS, type ErrorKind, StepError } from '../../contracts/errors.js'
import type { RunId, WorkflowId } from '../../contracts/ids.js'
import { isJsonObject, type JsonValue } from '../../contracts/json.js'
import { toPlainJson } from '../../contracts/plain-json.js'
import type { CallStep } from '../../contracts/workflow.js'
import type { NewRun } from '../../ports/journal.js'
import { childRunId } from '../../run/children.js'
import type { StepCall } from '../../run/program.js'
import { PauseSignal } from '../../run/signals.js'
import type { StepKind } from '../step-kind.js'
import { waitingRecord } from '../waiting-record.js'

/** Runs that may have called each other. */
const MAX_CALL_DEPTH = 10

/**
 * `call`: runs another workflow of the same customer. Its output is `{ runId, output }` of the child run, or `{ runId }`
 * when it does not wait for it.
 */
export const callKind: StepKind<'call'> = {
  type: 'call',
  schema: () => ({
    type: z.literal('call'),
    workflow: z
      .string()
      .min(1)
      .max(100)
      .meta({ title: 'Workflow', description: 'What it gives is this step’s output.' }),
    input: jsonValue.exactOptional().meta({ title: 'Input', description: 'What the workflow sees as its trigger.' }),
    wait: z.boolean().exactOptional().meta({ title: 'Wait for its end' }),
  }),
  compile: (step, compiler) => {
    const input = compiler.template(step.input ?? {}, '/input')
    return {
      nature: 'leaf',
      isPure: false,
      run: async (call) => {
        const childId = childRunId(call.frame.activation.run.runId, call.address)
        const answer = call.frame.activation.answerOf(call.address)
        if (answer !== undefined) {
          call.closesWait = true
          return resultOf(answer, childId)
        }
        if (call.frame.activation.recordOf(call.address)?.status === 'waiting') throw new PauseSignal()
        call.input = call.frame.evaluate(input)
        await startChild(step, call, childId)
        if (step.wait === false) return { runId: childId }
        call.frame.activation.record(waitingRecord(call), { kind: 'child', runId: childId })
        throw new PauseSignal()
      },
    }
  },
}

async function startChild({ workflow, wait }: CallStep, call: StepCall, runId: RunId): Promise<void> {
  const { activation } = call.frame
  const { deps, run } = activation
  // The definition names a workflow by its id; the store checks it under the run's own scope.
  const workflowId = workflow as WorkflowId
  const scope = { tenantId: run.tenantId, customerId: run.customerId }
  const versionId = await deps.definitions.latest?.(scope, workflowId)
  if (versionId === undefined) {
    throw new StepError('validation', `There is no published workflow ${workflow}`, {
      detail: 'It may have been deleted or switched off. Choose another one in the builder and publish again.',
    })
  }
  await assertNotTooDeep(call)
  await activation.makeDurable()
  call.frame.assertGoing()
  const trigger = toPlainJson(call.input, { maxBytes: deps.settings.maxPayloadBytes, name: 'input' })
  const child: NewRun = { ...scope, runId, workflowId, versionId, mode: run.mode, trigger }
  const parent = { runId: run.runId, ...call.address }
  const placed = await deps.placeChild(wait === false ? child : { ...child, parent })
  const { created, admission, cancelled } = await deps.journal.create(placed)
  const own = created && admission === 'admitted' ? [{ ...scope, runId, dispatchSeq: 0 }] : []
  if (own.length + cancelled.length > 0) deps.dispatcher?.dispatch([...own, ...cancelled])
}

/** @throws StepError that ends a chain of calls which has no end of its own */
async function assertNotTooDeep(call: StepCall): Promise<void> {
  const { deps, run } = call.frame.activation
  let current = await deps.journal.readRun(run, run.runId)
  for (let depth = 1; current?.parent !== undefined; depth++) {
    if (depth >= MAX_CALL_DEPTH) {
      throw new StepError('limit', `More than ${MAX_CALL_DEPTH} workflows have called each other`, {
        detail: 'A workflow may be calling itself, perhaps through others. Break the circle.',
      })
    }
    current = await deps.journal.readRun(run, current.parent.runId)
  }
}

/** @throws StepError with the child's own error when it failed or was cancelled */
function resultOf(answer: JsonValue, runId: RunId): JsonValue {
  const { status, output, error } = isJsonObject(answer) ? answer : {}
  if (status === 'succeeded') return { runId, output: output ?? null }
  const { kind, title, detail } = isJsonObject(error) ? error : {}
  const isKnown = typeof kind === 'string' && Object.hasOwn(ERROR_KINDS, kind)
  // Checked on the line above.
  throw new StepError(isKnown ? (kind as ErrorKind) : 'cancelled', 'The called workflow did not succeed', {
    detail: [title ?? `Its run was ${String(status)}.`, detail].filter((part) => typeof part === 'string').join(' '),
    data: { runId, status: status ?? null },
    retryable: false,
  })
}
