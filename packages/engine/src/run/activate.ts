import { MAX_TIMER_MS } from '../contracts/duration.js'
import { type ErrorRecord, FencedError, isInlayError, StepError } from '../contracts/errors.js'
import type { RunStatus } from '../contracts/run.js'
import type { RunEnd, RunRest } from '../ports/journal.js'
import type { Activation } from './activation.js'
import { cancelChildren } from './children.js'
import { recordFailure } from './error-record.js'
import { Frame } from './frame.js'
import { runSequence } from './interpreter.js'
import type { Program } from './program.js'
import type { ProgramCache } from './program-cache.js'
import { withNotUndone } from './saga.js'
import { CancelSignal, FailureSignal, isSignal, PauseSignal, StopSignal, SuspendSignal } from './signals.js'
import { restoreOutputs } from './stored-output.js'

/**
 * Runs an activation until its run ends, parks, or is lost to another worker.
 * A lost lease is the normal course of things and leaves nothing behind.
 *
 * @throws what kept the journal from recording the outcome; the run is then taken up again when its lease expires
 */
export async function activate(activation: Activation, programs: ProgramCache): Promise<void> {
  emitRun(activation, 'running')
  try {
    const outcome = await execute(activation, programs)
    await conclude(activation, outcome)
  } catch (error) {
    if (!(error instanceof FencedError) && !isFenced(error)) throw error
  }
}

type Outcome = RunEnd | RunRest

async function execute(activation: Activation, programs: ProgramCache): Promise<Outcome> {
  const { run, deps } = activation
  if (run.recoveries > deps.settings.maxRecoveries) return poisoned(activation)
  // What has not begun has nothing to undo.
  if (run.cancelRequested && run.steps.length === 0) return { status: 'cancelled' }
  if (run.steps.length > 0 && deps.blobs !== undefined) {
    const failure = await failureOf(() => restoreOutputs(activation))
    if (failure !== undefined) return { status: 'failed', error: failure }
  }
  if (run.mode === 'test') activation.pin((await deps.definitions.pins?.(run.tenantId, run.versionId)) ?? {})
  const known = programs.peek(run.versionId)
  const loaded = known === undefined ? await programs.load(run) : { ok: true as const, program: known }
  if (!loaded.ok) return leaveToOthers(activation, loaded.error)
  return executeProgram(activation, loaded.program)
}

/**
 * While a deployment is rolled out, an older process may meet what only newer ones understand: the run is left to them for
 * a while before it counts as broken.
 */
function leaveToOthers(activation: Activation, error: ErrorRecord): Outcome {
  const attempt = activation.loadAttempts + 1
  if (attempt >= activation.deps.settings.maxLoadAttempts) return { status: 'failed', error }
  const wakeAt = activation.now() + FIRST_LOAD_DELAY_MS * 2 ** (attempt - 1)
  activation.recordLoadAttempt({ attempt, error, wakeAt })
  return { status: 'waiting', wakeAt }
}

/** A step error that something throws; what else it throws says nothing about the run. */
async function failureOf(work: () => Promise<void>): Promise<ErrorRecord | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof StepError) return recordFailure(error).error
    throw error
  }
}

async function executeProgram(activation: Activation, program: Program): Promise<Outcome> {
  const outcome = await follow(activation, program)
  if (isRest(outcome) || outcome.status === 'succeeded' || activation.saga.isEmpty) return outcome
  try {
    return withNotUndone(outcome, await activation.saga.undo())
  } catch (thrown) {
    const rest = restOf(thrown)
    if (rest === undefined) throw thrown
    return rest
  }
}

/** Runs the steps to where they end or have to wait. */
async function follow(activation: Activation, program: Program): Promise<Outcome> {
  const frame = Frame.root(activation, program.definition.vars)
  const stopClock = startClock(activation, program)
  try {
    const pending = runSequence(program.steps, frame)
    if (pending !== undefined) await pending
    frame.assertGoing()
    return { status: 'succeeded', output: frame.lastOutput(program.steps) }
  } catch (thrown) {
    return outcomeOf(thrown, activation)
  } finally {
    stopClock()
  }
}

/** How long a run is left to others after the first process could not execute it; doubled each time. */
const FIRST_LOAD_DELAY_MS = 1000

/** Bounds the time that a run is executed at a stretch; waiting without a worker does not count. */
function startClock(activation: Activation, { timeoutMs }: Program): () => void {
  if (timeoutMs === undefined) return () => undefined
  const timer = setTimeout(
    () => {
      const detail = 'It is the time-out of the whole automation. Raise it, or split the work.'
      activation.expire(new StepError('timeout', `The run took longer than ${timeoutMs / 1000} s`, { detail }))
    },
    Math.min(timeoutMs, MAX_TIMER_MS),
  )
  return () => clearTimeout(timer)
}

function outcomeOf(thrown: unknown, activation: Activation): Outcome {
  if (activation.isLost) throw activation.possession.reason
  if (activation.expired !== undefined) return { status: 'failed', error: activation.expired }
  if (thrown instanceof CancelSignal) return { status: 'cancelled' }
  if (thrown instanceof FailureSignal) return { status: 'failed', error: thrown.error }
  if (thrown instanceof StopSignal) {
    activation.lastRecord = thrown.record
    return thrown.end
  }
  const rest = restOf(thrown)
  if (rest !== undefined) return rest
  const { error, unexpected } = recordFailure(thrown)
  if (unexpected !== undefined) activation.deps.onUnexpected?.(unexpected, { runId: activation.run.runId })
  return { status: 'failed', error }
}

function restOf(thrown: unknown): RunRest | undefined {
  if (thrown instanceof SuspendSignal) return { status: 'suspended' }
  if (!(thrown instanceof PauseSignal)) return undefined
  return thrown.wakeAt === undefined ? { status: 'waiting' } : { status: 'waiting', wakeAt: thrown.wakeAt }
}

function isRest(outcome: Outcome): outcome is RunRest {
  return outcome.status === 'waiting' || outcome.status === 'suspended'
}

async function conclude(activation: Activation, outcome: Outcome): Promise<void> {
  const { deps, lease } = activation
  if (isRest(outcome)) return rest(activation, outcome)
  await cancelChildren(activation)
  activation.closeOpenSteps()
  if (activation.lastRecord !== undefined) activation.note(activation.lastRecord)
  const steps = await activation.drain()
  const due = await deps.journal.finish(lease, steps, outcome)
  if (due.length > 0) deps.dispatcher?.dispatch(due)
  emitRun(activation, outcome.status)
}

async function rest(activation: Activation, outcome: RunRest): Promise<void> {
  const { deps, lease } = activation
  const steps = await activation.drain()
  const { dispatchSeq, isDueNow } = await deps.journal.park(lease, steps, outcome)
  const wakeAt = isDueNow ? activation.now() : outcome.wakeAt
  if (wakeAt !== undefined && (isDueNow || outcome.status === 'waiting')) {
    const delayMs = Math.max(0, wakeAt - activation.now())
    const { runId, tenantId, customerId } = lease
    deps.dispatcher?.dispatch([{ runId, tenantId, customerId, dispatchSeq, delayMs }])
  }
  emitRun(activation, outcome.status)
}

/** A run whose workers keep dying is given up, so that it does not take down one after the other. */
function poisoned(activation: Activation): RunEnd {
  const { run } = activation
  const latestFirst = [...run.steps].sort((a, b) => b.startedAt - a.startedAt)
  const last = latestFirst.find(({ status }) => status === 'running') ?? latestFirst[0]
  const where = last === undefined ? '' : ` The last step seen was "${last.stepPath}".`
  return {
    status: 'failed',
    isDead: true,
    error: {
      kind: 'limit',
      title: 'The run was given up',
      detail: `The process that executed it ended ${run.recoveries} times.${where} Correct the workflow, then redrive the run.`,
      ...(last === undefined ? {} : { stepPath: last.stepPath }),
      retryable: false,
    },
  }
}

function emitRun(activation: Activation, status: RunStatus): void {
  activation.emit({ type: 'run', run: activation.identity, status, at: activation.now() })
}

/** Also true for an error made by another copy of this package. */
function isFenced(error: unknown): boolean {
  return isInlayError(error) && error.code === 'run.fenced' && !isSignal(error)
}
