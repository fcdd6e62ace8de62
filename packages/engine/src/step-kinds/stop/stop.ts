import { z } from 'zod'
import { jsonValue } from '../../compile/json-schema.js'
import type { ErrorRecord } from '../../contracts/errors.js'
import type { StepCall } from '../../run/program.js'
import { StopSignal } from '../../run/signals.js'
import type { StepKind } from '../step-kind.js'

/** `stop`: ends the run with an outcome. */
export const stopKind: StepKind<'stop'> = {
  type: 'stop',
  schema: () => ({
    type: z.literal('stop'),
    outcome: z.enum(['succeeded', 'failed', 'cancelled']),
    output: jsonValue.exactOptional(),
    message: z.string().max(2000).exactOptional(),
  }),
  compile: (step, compiler) => {
    const output = compiler.template(step.output ?? null, '/output')
    const message = compiler.template(step.message ?? '', '/message')
    return {
      nature: 'leaf',
      run: (call) => {
        const result = call.frame.evaluate(output)
        const why = String(call.frame.evaluate(message) ?? '')
        recordStop(call, result)
        throw new StopSignal(step.outcome, result, step.outcome === 'failed' ? stopError(call, why) : undefined)
      },
    }
  },
}

/** The signal leaves no time for the usual record, and the run's history should show where it ended. */
function recordStop({ frame, step, address, startedAt }: StepCall, output: StepCall['input']): void {
  const { activation } = frame
  activation.record({
    ...address,
    type: step.type,
    status: 'succeeded',
    attempt: 1,
    startedAt,
    finishedAt: activation.now(),
    ...(output === undefined ? {} : { output }),
  })
}

function stopError({ step }: StepCall, message: string): ErrorRecord {
  return {
    kind: 'rejected',
    title: message === '' ? 'The workflow stopped the run as failed' : message,
    stepPath: step.path,
    retryable: false,
  }
}
