import { z } from 'zod'
import { StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import type { CompiledTemplate } from '../../expression/index.js'
import type { Frame } from '../../run/frame.js'
import { runSequence } from '../../run/interpreter.js'
import type { CompiledStep } from '../../run/program.js'
import type { StepKind } from '../step-kind.js'

interface Loop {
  readonly condition: CompiledTemplate
  readonly max: number
  readonly steps: readonly CompiledStep[]
}

/** `while`: repeats its steps as long as a condition holds. Its output is `{ rounds, last }`: what its last step gave last. */
export const whileKind: StepKind<'while'> = {
  type: 'while',
  schema: (steps) => ({
    type: z.literal('while'),
    condition: z.string().max(16_384).meta({
      title: 'Condition',
      description: 'Looked at before each round; it also sees what the steps of the last round gave.',
    }),
    max: z.int().min(1).max(10_000).meta({ title: 'At most', description: 'Rounds after which the step fails.' }),
    steps,
  }),
  compile: (step, compiler) => {
    const steps = compiler.loopSteps(step.steps, '/steps', false)
    const loop: Loop = { condition: compiler.expression(step.condition, '/condition', steps), max: step.max, steps }
    return {
      nature: 'block',
      isPure: true,
      children: [],
      run: ({ frame }) => runRounds(loop, frame),
      rounds: function* (frame) {
        for (let index = 0; hasRound(loop, frame, index); index++) yield { steps, frame: frame.forRound(index) }
      },
    }
  },
}

async function runRounds(loop: Loop, frame: Frame): Promise<JsonValue> {
  let last = frame
  for (let round = 0; ; round++) {
    // A round that was begun before a crash is gone through again, whatever the condition has become since.
    if (!hasRound(loop, frame, round) && last.evaluate(loop.condition) !== true) {
      return { rounds: round, last: round === 0 ? null : last.lastOutput(loop.steps) }
    }
    if (round >= loop.max) throw tooManyRounds(loop.max)
    last = frame.forRound(round)
    await runSequence(loop.steps, last)
  }
}

function hasRound({ steps: [first] }: Loop, frame: Frame, index: number): boolean {
  if (first === undefined) return false
  return frame.activation.recordOf({ stepPath: first.path, iteration: frame.forRound(index).iteration }) !== undefined
}

function tooManyRounds(max: number): StepError {
  return new StepError('limit', `The condition still holds after ${max} rounds`, {
    detail: 'Raise the greatest number of rounds, or correct the condition so that it becomes false.',
  })
}
