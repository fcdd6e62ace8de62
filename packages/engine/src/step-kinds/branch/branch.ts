import { z } from 'zod'
import type { JsonValue } from '../../contracts/json.js'
import type { Frame } from '../../run/frame.js'
import { runSequence } from '../../run/interpreter.js'
import type { CompiledStep } from '../../run/program.js'
import type { StepKind } from '../step-kind.js'

/** `branch`: takes the first case whose condition is true. Its output is `{ case }`: the case's name or number, or `else`. */
export const branchKind: StepKind<'branch'> = {
  type: 'branch',
  schema: (steps) => ({
    type: z.literal('branch'),
    cases: z
      .array(z.strictObject({ name: z.string().max(200).exactOptional(), if: z.string(), steps }))
      .min(1)
      .max(50),
    else: steps.exactOptional(),
  }),
  compile: (step, compiler) => {
    const cases = step.cases.map((branchCase, index) => ({
      output: { case: branchCase.name ?? index } satisfies JsonValue,
      condition: compiler.expression(branchCase.if, `/cases/${index}/if`),
      steps: compiler.steps(branchCase.steps, `/cases/${index}/steps`),
    }))
    const otherwise = { output: { case: 'else' }, steps: compiler.steps(step.else ?? [], '/else') }
    return {
      nature: 'block',
      isPure: true,
      children: [...cases, otherwise].flatMap(({ steps }) => steps),
      run: ({ frame }) => {
        const taken =
          [...cases, otherwise].find(({ steps }) => hasBegun(steps, frame)) ??
          cases.find(({ condition }) => frame.evaluate(condition) === true) ??
          otherwise
        const pending = runSequence(taken.steps, frame)
        return pending === undefined ? taken.output : pending.then(() => taken.output)
      },
    }
  },
}

/** A case that was taken before a crash is taken again, whatever its condition has become since. */
function hasBegun([first]: readonly CompiledStep[], frame: Frame): boolean {
  return (
    first !== undefined && frame.activation.recordOf({ stepPath: first.path, iteration: frame.iteration }) !== undefined
  )
}
