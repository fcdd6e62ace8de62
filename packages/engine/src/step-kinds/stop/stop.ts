import { z } from 'zod'
import { jsonValue } from '../../compile/json-schema.js'
import type { ErrorRecord } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import type { StepRecord } from '../../contracts/run.js'
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
      isPure: true,
      run: (call) => {
        const result = call.frame.evaluate(output)
        const why = String(call.frame.evaluate(message) ?? '')
        const end = { status: step.outcome, output: result }
        throw new StopSignal(
          step.outcome === 'failed' ? { ...end, error: stopError(call, why) } : end,
          stopRecord(call, result),
        )
      },
    }
  },
}

/** The run's history should show where it ended. */
function stopRecord({ frame, step, address, startedAt }: StepCall, output: JsonValue): StepRecord {
  const finishedAt = frame.activation.now()
  return { ...address, type: step.type, status: 'succeeded', attempt: 1, startedAt, finishedAt, output }
}

function stopError({ step }: StepCall, message: string): ErrorRecord {
  return {
    kind: 'rejected',
    title: message === '' ? 'The workflow stopped the run as failed' : message,
    stepPath: step.path,
    retryable: false,
  }
}
