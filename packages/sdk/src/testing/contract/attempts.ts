import {
  type ActionContext,
  type Connector,
  type FormContext,
  isSuspension,
  type JsonObject,
  jsonObject,
} from '@inlay/engine'
import type { CheckContext } from './contract-report.js'
import { CANARY, madeUpInput } from './made-up-values.js'
import { membersOf } from './schema-checks.js'

/** Something of a connector that calls its service. */
export interface Attempt {
  readonly of: string
  /** What it is run with; undefined when there is no sample. */
  readonly input: unknown
  /** Resolves to what is wrong with the result, or nothing. */
  run(context: Omit<ActionContext, 'input'>): Promise<string | undefined>
}

/** Every action, trigger and loader that may call its service. */
export function attemptsOf({ connector, options }: CheckContext): Attempt[] {
  const { inputs = {} } = options
  const actions = Object.entries(connector.actions).map(([id, action]): Attempt => {
    const input = action.input.safeParse(inputs[id] ?? action.sampleInput).data
    return {
      of: id,
      input,
      run: async (context) => {
        const result = await action.run({ ...context, input })
        return isSuspension(result) || action.output.safeParse(result).success
          ? undefined
          : 'it gave a result that does not fit its output'
      },
    }
  })
  return [...actions, ...triggerAttempts(connector, inputs), ...loaderAttempts(connector, inputs)]
}

function triggerAttempts(connector: Connector, inputs: Readonly<Record<string, JsonObject>>): Attempt[] {
  return Object.entries(connector.triggers).flatMap(([id, trigger]): Attempt[] => {
    const input = trigger.input.safeParse(inputs[id] ?? madeUpInput(trigger.input)).data
    const common = { of: id, input }
    if (trigger.kind === 'polling') {
      const run: Attempt['run'] = async (context) => {
        const { items } = await trigger.poll({ ...context, input, cursor: null, isFirst: true, now: Date.now() })
        const isFitting = items.every(({ data }) => trigger.output.safeParse(data).success)
        return isFitting ? undefined : 'it gave items that do not fit its output'
      }
      return [{ ...common, run }]
    }
    if (trigger.kind !== 'webhook') return []
    const run: Attempt['run'] = async (context) => {
      await trigger.register({ ...context, input, webhookUrl: 'https://hooks.test/hooks/token', secret: CANARY })
      return undefined
    }
    return [{ ...common, run }]
  })
}

function loaderAttempts(connector: Connector, inputs: Readonly<Record<string, JsonObject>>): Attempt[] {
  return membersOf(connector).flatMap(([id, { options, schemas, outputSchema, ...member }]) => {
    const sample = inputs[id] ?? ('sampleInput' in member ? member.sampleInput : madeUpInput(member.input))
    const input = jsonObject.safeParse(sample).data ?? {}
    const toAttempt = (field: string, load: (context: FormContext) => Promise<unknown>): Attempt => ({
      of: `${id}.${field}`,
      input,
      run: async (context) => {
        await load({ ...context, input })
        return undefined
      },
    })
    return [
      ...Object.entries(options).map(([field, { load }]) =>
        toAttempt(field, (context) => load({ ...context, search: '' })),
      ),
      ...Object.entries(schemas).map(([field, { load }]) => toAttempt(field, load)),
      ...(outputSchema === undefined ? [] : [toAttempt('$output', outputSchema.load)]),
    ]
  })
}
