import { FencedError, isInlayError, StepError } from '../contracts/errors.js'
import type { RunStatus } from '../contracts/run.js'
import type { RunEnd } from '../ports/journal.js'
import type { Activation } from './activation.js'
import { recordFailure } from './error-record.js'
import { Frame } from './frame.js'
import { runSequence } from './interpreter.js'
import type { Program } from './program.js'
import type { ProgramCache } from './program-cache.js'
import { CancelSignal, FailureSignal, isSignal, PauseSignal, StopSignal } from './signals.js'

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

type Outcome = RunEnd | PauseSignal

async function execute(activation: Activation, programs: ProgramCache): Promise<Outcome> {
  const { run } = activation
  if (run.cancelRequested) return { status: 'cancelled' }
  if (run.recoveries > activation.deps.settings.maxRecoveries) return poisoned(activation)
  const known = programs.peek(run.versionId)
  const loaded = known === undefined ? await programs.load(run) : { ok: true as const, program: known }
  if (!loaded.ok) return { status: 'failed', error: loaded.error }
  return executeProgram(activation, loaded.program)
}

async function executeProgram(activation: Activation, program: Program): Promise<Outcome> {
  const frame = Frame.root(activation)
  const stopClock = startClock(activation, program)
  try {
    const pending = runSequence(program.steps, frame)
    if (pending !== undefined) await pending
    return { status: 'succeeded', output: frame.outputOf(program.steps.at(-1)?.id ?? '') }
  } catch (thrown) {
    return outcomeOf(thrown, activation)
  } finally {
    stopClock()
  }
}

/** Bounds the time that a run is executed at a stretch; waiting without a worker does not count. */
function startClock(activation: Activation, { timeoutMs }: Program): () => void {
  if (timeoutMs === undefined) return () => undefined
  const timer = setTimeout(() => {
    const detail = 'It is the time-out of the whole automation. Raise it, or split the work.'
    activation.expire(new StepError('timeout', `The run took longer than ${timeoutMs / 1000} s`, { detail }))
  }, timeoutMs)
  return () => clearTimeout(timer)
}

function outcomeOf(thrown: unknown, activation: Activation): Outcome {
  if (activation.expired !== undefined) return { status: 'failed', error: activation.expired }
  if (thrown instanceof PauseSignal) return thrown
  if (thrown instanceof CancelSignal) return { status: 'cancelled' }
  if (thrown instanceof FailureSignal) return { status: 'failed', error: thrown.error }
  if (thrown instanceof StopSignal) {
    activation.note(thrown.record)
    return thrown.end
  }
  // Once the activation is over, what is thrown says why: the lease is lost, the journal fails, the process stops.
  if (activation.hasEnded) throw thrown
  const { error, unexpected } = recordFailure(thrown)
  if (unexpected !== undefined) activation.deps.onUnexpected?.(unexpected, { runId: activation.run.runId })
  return { status: 'failed', error }
}

async function conclude(activation: Activation, outcome: Outcome): Promise<void> {
  const { deps, lease } = activation
  if (!(outcome instanceof PauseSignal)) activation.closeOpenSteps()
  const steps = await activation.drain()
  if (outcome instanceof PauseSignal) {
    const { dispatchSeq } = await deps.journal.park(lease, steps, outcome.wakeAt)
    const delayMs = Math.max(0, outcome.wakeAt - activation.now())
    deps.dispatcher?.dispatch([{ runId: lease.runId, dispatchSeq, delayMs }])
    emitRun(activation, 'waiting')
    return
  }
  await deps.journal.finish(lease, steps, outcome)
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
    error: {
      kind: 'limit',
      title: 'The run was given up',
      detail: `The process that executed it ended ${run.recoveries} times.${where} Correct the workflow, then rerun.`,
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
