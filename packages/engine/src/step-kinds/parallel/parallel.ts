import { z } from 'zod'
import { StepError } from '../../contracts/errors.js'
import { isJsonObject, type JsonValue } from '../../contracts/json.js'
import { CancelScope } from '../../run/cancel-scope.js'
import { cancelChildren } from '../../run/children.js'
import { runSequence } from '../../run/interpreter.js'
import type { CompiledStep, StepCall } from '../../run/program.js'
import { CancelSignal, FailureSignal } from '../../run/signals.js'
import { type Settled, settle, throwSignals } from '../settle-all.js'
import type { StepKind } from '../step-kind.js'

interface Branch {
  readonly name: string
  readonly steps: readonly CompiledStep[]
}

/**
 * `parallel`: runs branches at the same time. Joining `all`, its output has, per branch, the output of the branch's last
 * step. Joining `any`, it is `{ winner, output }`: the first branch to succeed, the others are cancelled.
 */
export const parallelKind: StepKind<'parallel'> = {
  type: 'parallel',
  schema: (steps) => ({
    type: z.literal('parallel'),
    branches: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), steps),
    join: z.enum(['all', 'any']).exactOptional(),
  }),
  compile: (step, compiler) => {
    const entries = Object.entries(step.branches)
    if (entries.length === 0) {
      const message = 'A parallel step needs at least one branch.'
      compiler.issue('/branches', { code: 'parallel.no_branch', message, expected: 'a branch' })
    }
    const branches = entries.map(([name, steps]) => ({ name, steps: compiler.steps(steps, `/branches/${name}`) }))
    return {
      nature: 'block',
      // Which branch has won a race cannot be computed again.
      isPure: step.join !== 'any',
      children: branches.flatMap(({ steps }) => steps),
      run: (call) => (step.join === 'any' ? runAny(branches, call) : runAll(branches, call)),
    }
  },
}

async function runAll(branches: readonly Branch[], { frame }: StepCall): Promise<JsonValue> {
  throwSignals(await Promise.all(branches.map(({ steps }) => settle(() => runSequence(steps, frame)))))
  return Object.fromEntries(branches.map(({ name, steps }) => [name, frame.lastOutput(steps)]))
}

async function runAny(branches: readonly Branch[], call: StepCall): Promise<JsonValue> {
  const { frame } = call
  const known = recordedWinner(branches, call)
  // After a crash the winner's steps are replayed; its losers are neither asked nor begun again.
  if (known !== undefined) await runSequence(known.steps, frame)
  const winner = known ?? (await race(branches, call))
  return { winner: winner.name, output: frame.lastOutput(winner.steps) }
}

/** Runs all branches until one has succeeded, then stops the others and waits until they have stopped. */
async function race(branches: readonly Branch[], call: StepCall): Promise<Branch> {
  const { frame } = call
  const scopes = branches.map(() => new CancelScope(frame.stops))
  let winner: Branch | undefined
  const settled = await Promise.all(
    branches.map(async (branch, index): Promise<Settled> => {
      const result = await settle(() => runSequence(branch.steps, frame.within(scopes[index] ?? frame.stops)))
      if (result.ok && winner === undefined) {
        winner = branch
        recordWinner(branch, call)
        for (const other of scopes) if (other !== scopes[index]) other.stop(new CancelSignal())
      }
      return result
    }),
  )
  if (winner === undefined) {
    const resting = settled.filter((result) => !(result.ok || result.signal instanceof FailureSignal))
    // As long as a branch can still succeed, those that failed do not count.
    throwSignals(resting.length > 0 ? resting : settled)
    throw new StepError('validation', 'The parallel step has no branches')
  }
  await closeLosers(branches, winner, call)
  return winner
}

/** Losers that were waiting are not woken to be told: their steps, waits and children end here. */
async function closeLosers(branches: readonly Branch[], winner: Branch, { frame }: StepCall): Promise<void> {
  for (const { steps } of branches.filter((branch) => branch !== winner)) {
    for (const { path } of steps) {
      await cancelChildren(frame.activation, path)
      frame.activation.closeOpenSteps(path)
    }
  }
}

function recordWinner({ name }: Branch, { frame, address, startedAt, step }: StepCall): void {
  const output = { winner: name }
  frame.activation.record({ ...address, type: step.type, status: 'running', attempt: 1, startedAt, output })
}

function recordedWinner(branches: readonly Branch[], { frame, address }: StepCall): Branch | undefined {
  const output = frame.activation.recordOf(address)?.output
  return isJsonObject(output) ? branches.find(({ name }) => name === output['winner']) : undefined
}
