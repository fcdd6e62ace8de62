import { z } from 'zod'
import { jsonObject } from '../../compile/json-schema.js'
import type { StepKind } from '../step-kind.js'
import { attemptAction } from './attempts.js'

/** `action`: calls a connector. */
export const actionKind: StepKind<'action'> = {
  type: 'action',
  schema: () => ({
    type: z.literal('action'),
    connector: z.string().min(1).max(100),
    version: z.string().max(50).exactOptional(),
    action: z.string().min(1).max(100),
    connection: z.string().min(1).max(100).exactOptional(),
    input: jsonObject,
  }),
  compile: (step, compiler) => {
    const input = compiler.template(step.input, '/input')
    return { nature: 'leaf', isPure: false, run: (call) => attemptAction({ step, input }, call) }
  },
}
