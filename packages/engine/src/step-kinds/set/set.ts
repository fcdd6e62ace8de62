import { z } from 'zod'
import { jsonObject } from '../../compile/json-schema.js'
import type { StepKind } from '../step-kind.js'

/** `set`: computes values. */
export const setKind: StepKind<'set'> = {
  type: 'set',
  schema: () => ({
    type: z.literal('set'),
    values: jsonObject.meta({ title: 'Values', description: 'A name and a value, or an expression, for each.' }),
  }),
  compile: (step, compiler) => {
    const values = compiler.template(step.values, '/values')
    return { nature: 'leaf', isPure: true, run: ({ frame }) => frame.evaluate(values) }
  },
}
