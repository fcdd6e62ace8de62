import { z } from 'zod'
import type { JsonValue } from '../../contracts/json.js'
import { runSequence } from '../../run/interpreter.js'
import type { StepCall } from '../../run/program.js'
import { settle, throwSignals } from '../settle-all.js'
import type { StepKind } from '../step-kind.js'

/** `parallel`: runs branches at the same time. Its output has, per branch, the output of the branch's last step. */
export const parallelKind: StepKind<'parallel'> = {
  type: 'parallel',
  schema: (steps) => ({
    type: z.literal('parallel'),
    branches: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), steps),
    join: z.literal('all').exactOptional(),
  }),
  compile: (step, compiler) => {
    const entries = Object.entries(step.branches)
    if (entries.length === 0) compiler.issue('/branches', 'A parallel step needs at least one branch.', 'a branch')
    const branches = entries.map(([name, steps]) => ({ name, steps: compiler.steps(steps, `/branches/${name}`) }))
    const run = async ({ frame }: StepCall): Promise<JsonValue> => {
      throwSignals(await Promise.all(branches.map(({ steps }) => settle(() => runSequence(steps, frame)))))
      return Object.fromEntries(branches.map(({ name, steps }) => [name, frame.outputOf(steps.at(-1)?.id ?? '')]))
    }
    return { nature: 'block', children: branches.flatMap(({ steps }) => steps), run }
  },
}
