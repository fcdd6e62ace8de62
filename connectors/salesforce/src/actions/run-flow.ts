import {
  action,
  type FormContext,
  type JsonObject,
  jsonValue,
  type OptionsContext,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { DATA, salesforce } from '../salesforce-api.js'

const listed = z.object({ actions: z.array(z.object({ name: z.string(), label: z.string() })) })
const described = z.object({
  inputs: z
    .array(
      z.object({
        name: z.string(),
        label: z.string().nullish(),
        type: z.string(),
        required: z.boolean().nullish(),
        description: z.string().nullish(),
      }),
    )
    .nullish(),
})
const results = z
  .array(
    z.object({
      isSuccess: z.boolean(),
      errors: z.array(z.object({ statusCode: z.string().nullish(), message: z.string() })).nullish(),
      outputValues: jsonValue.optional(),
    }),
  )
  .min(1)

function pathOf(input: { readonly type?: unknown; readonly name?: unknown }): string {
  const path = `${DATA}/actions/custom/${input.type === 'apex' ? 'apex' : 'flow'}`
  return input.name === undefined ? path : `${path}/${encodeURIComponent(String(input.name))}`
}

/** Flows or Apex methods of the org, as the form says. */
const nameOptions = {
  dependsOn: ['type'],
  load: async (context: OptionsContext) => {
    const url = pathOf({ type: context.input['type'] })
    const { actions } = await salesforce.call(context, { url, answer: listed })
    return actions.map(({ name, label }) => ({ value: name, label, description: name }))
  },
}

const inputsSchema = {
  dependsOn: ['type', 'name'],
  load: async (context: FormContext): Promise<JsonObject> => {
    const url = pathOf({ type: context.input['type'], name: context.input['name'] })
    const inputs = (await salesforce.call(context, { url, answer: described })).inputs ?? []
    const properties = inputs.map(({ name, label, type, description }): [string, JsonObject] => {
      const kind = type === 'BOOLEAN' ? 'boolean' : type === 'NUMBER' || type === 'CURRENCY' ? 'number' : 'string'
      return [name, { type: kind, title: label || name, ...(description ? { description } : {}) }]
    })
    const required = inputs.filter((each) => each.required === true).map(({ name }) => name)
    return { type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: true }
  },
}

/** Runs a flow or an invocable Apex method. */
export const runFlow = action({
  name: 'Run a flow or Apex',
  description: 'Starts an autolaunched flow, or an Apex method that is invocable, and gives what comes out of it.',
  input: z.strictObject({
    type: z.enum(['flow', 'apex']).default('flow').meta({ title: 'What to run' }),
    name: z
      .string()
      .min(1)
      .meta({ title: 'Name', examples: ['Welcome_Customer'] }),
    inputs: z.record(z.string(), jsonValue).default({}).meta({ title: 'Values that go in' }),
  }),
  output: z.object({ outputs: jsonValue.meta({ title: 'Values that came out' }) }),
  sampleInput: { type: 'flow', name: 'Welcome_Customer', inputs: { customerId: '001000000000001AAA' } },
  sampleOutput: { outputs: { Flow__InterviewStatus: 'Finished' } },
  scopes: ['api'],
  options: { name: nameOptions },
  schemas: { inputs: inputsSchema },
  delivery: 'at-most-once',
  run: async (context) => {
    const [result] = await salesforce.call(context, {
      method: 'POST',
      url: pathOf(context.input),
      json: { inputs: [context.input.inputs] },
      answer: results,
    })
    if (result?.isSuccess === true) return { outputs: result.outputValues ?? null }
    // Salesforce answers with success even when what was run has failed.
    const said = (result?.errors ?? []).map(({ message }) => message).join(' ')
    throw new StepError('rejected', `"${context.input.name}" failed in Salesforce`, {
      detail: said || 'It did not say why.',
    })
  },
})
