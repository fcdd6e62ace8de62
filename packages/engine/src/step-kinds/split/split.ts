import { createHash } from 'node:crypto'
import { z } from 'zod'
import { runSequence } from '../../run/interpreter.js'
import type { StepKind } from '../step-kind.js'

const HASH_RANGE = 2 ** 32

/** `split`: an A/B test. Takes a variant by weight, always the same one for the same key. Its output is `{ variant }`. */
export const splitKind: StepKind<'split'> = {
  type: 'split',
  schema: (steps) => ({
    type: z.literal('split'),
    variants: z
      .array(z.strictObject({ name: z.string().min(1).max(200), weight: z.number().min(0).max(1_000_000), steps }))
      .min(2)
      .max(20),
    key: z.string().max(16_384).exactOptional().meta({
      title: 'Key',
      description: "The same key always takes the same variant, for example the e-mail address. The run's id if empty.",
    }),
  }),
  compile: (step, compiler) => {
    const key = compiler.template(step.key ?? '', '/key')
    let total = 0
    const variants = step.variants.map(({ name, weight, steps }, index) => {
      total += weight
      return { output: { variant: name }, upTo: total, steps: compiler.steps(steps, `/variants/${index}/steps`) }
    })
    if (total <= 0) {
      const expected = 'at least one weight above 0'
      compiler.issue('/variants', { code: 'split.no_weight', message: 'No variant has a weight.', expected })
    }
    return {
      nature: 'block',
      isPure: true,
      children: variants.flatMap(({ steps }) => steps),
      run: ({ frame }) => {
        const { run } = frame.activation
        const value = step.key === undefined ? run.runId : JSON.stringify(frame.evaluate(key))
        // The workflow and the step are part of it, so that the same people are not in group A everywhere.
        const point = share(`${run.workflowId}/${step.id}/${value}`) * total
        const taken = variants.find(({ upTo }) => point < upTo)
        const pending = runSequence(taken?.steps ?? [], frame)
        const output = taken?.output ?? null
        return pending === undefined ? output : pending.then(() => output)
      },
    }
  },
}

/** A number in [0, 1) that depends on the text alone and is spread evenly. */
function share(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / HASH_RANGE
}
