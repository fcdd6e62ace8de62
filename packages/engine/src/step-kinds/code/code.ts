import { z } from 'zod'
import { jsonObject } from '../../compile/json-schema.js'
import { StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import type { CodeStep } from '../../contracts/workflow.js'
import type { CompiledTemplate } from '../../expression/index.js'
import type { StepCall } from '../../run/program.js'
import { placeOf } from '../action/step-log.js'
import type { StepKind } from '../step-kind.js'

/** `code`: runs JavaScript in a sandbox. Its output is what the code returns; what it writes to `console` is logged. */
export const codeKind: StepKind<'code'> = {
  type: 'code',
  schema: () => ({
    type: z.literal('code'),
    source: z.string().min(1).max(100_000).meta({
      title: 'Code',
      description: 'JavaScript: the body of an async function that sees "input" and returns its output.',
    }),
    input: jsonObject.exactOptional().meta({ title: 'Input', description: 'What the code sees as "input".' }),
  }),
  compile: (step, compiler) => {
    const input = compiler.template(step.input ?? {}, '/input')
    return { nature: 'leaf', isPure: false, run: (call) => runCode(step, input, call) }
  },
}

async function runCode({ source }: CodeStep, template: CompiledTemplate, call: StepCall): Promise<JsonValue> {
  const { frame, step } = call
  const { deps, run } = frame.activation
  if (deps.code === undefined) {
    throw new StepError('validation', 'Code steps are not available here', {
      detail: 'The host has to create the engine with the option "code".',
    })
  }
  const input = frame.evaluate(template)
  call.input = input
  const { output, console } = await deps.code.run({
    tenantId: run.tenantId,
    source,
    input,
    maxOutputBytes: deps.settings.maxPayloadBytes,
    signal: frame.stops.signal,
    ...(step.timeoutMs === undefined ? {} : { timeoutMs: step.timeoutMs }),
  })
  for (const { level, text } of console) {
    const isBad = level === 'warn' || level === 'error'
    deps.onLog?.({ level: isBad ? 'warn' : 'info', message: text, ...placeOf(call) })
  }
  return output
}
