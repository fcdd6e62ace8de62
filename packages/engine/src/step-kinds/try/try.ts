import { z } from 'zod'
import { asJson, type JsonValue } from '../../contracts/json.js'
import type { Frame } from '../../run/frame.js'
import { runSequence } from '../../run/interpreter.js'
import type { CompiledStep } from '../../run/program.js'
import { FailureSignal, PauseSignal, SuspendSignal } from '../../run/signals.js'
import type { StepKind } from '../step-kind.js'

interface Attempt {
  readonly id: string
  readonly steps: readonly CompiledStep[]
  readonly onFailure: readonly CompiledStep[] | undefined
  readonly always: readonly CompiledStep[]
}

/**
 * `try`: runs steps; after a failure its `catch` steps, which see `steps.<id>.output.error`; in any case, also when the
 * run is cancelled, its `finally` steps. Its output is `{ error, result }`: the error that was caught or null, and what
 * the last step of the sequence that ended it gave.
 */
export const tryKind: StepKind<'try'> = {
  type: 'try',
  schema: (steps) => ({
    type: z.literal('try'),
    steps,
    catch: steps.exactOptional(),
    finally: steps.exactOptional(),
  }),
  compile: (step, compiler) => {
    const steps = compiler.steps(step.steps, '/steps')
    const onFailure = step.catch === undefined ? undefined : compiler.followingSteps(step.catch, '/catch')
    const always = compiler.followingSteps(step.finally ?? [], '/finally')
    if (onFailure === undefined && step.finally === undefined) {
      const message = 'A try step needs "catch" or "finally".'
      const expected = 'what to do after a failure, or in any case'
      compiler.issue('', { code: 'try.no_handler', message, expected })
    }
    const attempt: Attempt = { id: step.id, steps, onFailure, always }
    return {
      nature: 'block',
      isPure: true,
      children: [...steps, ...(onFailure ?? []), ...always],
      run: ({ frame }) => runAttempt(attempt, frame),
    }
  },
}

async function runAttempt(attempt: Attempt, frame: Frame): Promise<JsonValue> {
  let output: JsonValue
  try {
    output = await runOrCatch(attempt, frame)
  } catch (thrown) {
    // A run that rests has not left the block.
    if (thrown instanceof PauseSignal || thrown instanceof SuspendSignal || frame.activation.isLost) throw thrown
    if (thrown instanceof FailureSignal) frame.settleFailed(attempt.id, thrown.error)
    await runSequence(attempt.always, frame.shielded())
    throw thrown
  }
  frame.settle(attempt.id, output, 'running')
  await runSequence(attempt.always, frame.shielded())
  return output
}

async function runOrCatch({ id, steps, onFailure }: Attempt, frame: Frame): Promise<JsonValue> {
  try {
    await runSequence(steps, frame)
    return { error: null, result: frame.lastOutput(steps) }
  } catch (thrown) {
    if (onFailure === undefined || !(thrown instanceof FailureSignal)) throw thrown
    frame.settleFailed(id, thrown.error)
    await runSequence(onFailure, frame)
    return { error: asJson(thrown.error), result: frame.lastOutput(onFailure) }
  }
}
