import {
  action,
  fromJsonSchema,
  type JsonObject,
  type JsonValue,
  jsonValue,
  misfits,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { modelOptions } from '../anthropic-api.js'
import { ask, askFields, usageSchema } from '../ask.js'
import { closed } from '../closed-schema.js'

/** Gets data out of a text. */
export const structuredAnswer = action({
  name: 'Get data',
  description: 'Asks Claude for data of a shape that you describe: to sort, rate, or read fields out of a text.',
  input: z.strictObject({
    ...askFields,
    schema: z.record(z.string(), jsonValue).meta({
      title: 'Shape of the answer',
      description: 'A JSON Schema of an object. Say in descriptions what each field means.',
      examples: [{ type: 'object', properties: { mood: { enum: ['good', 'bad'] } }, required: ['mood'] }],
    }),
    strict: z.boolean().default(true).meta({
      title: 'Strict',
      description: 'Claude cannot give another shape. Off for models before Claude 4.5.',
    }),
  }),
  output: z.object({
    data: jsonValue.meta({ title: 'Data' }),
    model: z.string().meta({ title: 'Model' }),
    usage: usageSchema,
  }),
  sampleInput: {
    model: 'claude-sonnet-4-5',
    prompt: 'Is this a happy text? "What a day!"',
    schema: { type: 'object', properties: { mood: { enum: ['good', 'bad'] } }, required: ['mood'] },
  },
  sampleOutput: {
    data: { mood: 'good' },
    model: 'claude-sonnet-4-5',
    usage: { input_tokens: 300, output_tokens: 40 },
  },
  options: { model: modelOptions },
  outputSchema: {
    dependsOn: ['schema'],
    load: async ({ input: { schema } }) => ({
      type: 'object',
      properties: { data: schema ?? {}, model: { type: 'string', title: 'Model' } },
    }),
  },
  run: async (context) => {
    const { prompt, schema, strict, ...rest } = context.input
    const question = { ...rest, messages: [{ role: 'user' as const, content: prompt }] }
    const { text, toolInput, isCutOff, model, usage } = await ask(context, {
      ...question,
      ...(strict ? { outputConfig: { format: { type: 'json_schema', schema: closed(schema) } } } : toolOf(schema)),
    })
    if (isCutOff) {
      throw new StepError('limit', 'The answer was cut off before it was whole', { detail: 'Allow more tokens.' })
    }
    const data = strict ? parse(text) : toolInput
    const fits = fromJsonSchema(schema).safeParse(data)
    if (fits.success && data !== undefined) return { data, model, usage }
    throw new StepError('communication', 'Claude’s answer does not have the shape that was asked for', {
      detail: fits.success ? 'There was no data in it.' : misfits(fits.error, 'answer').join('; '),
    })
  },
})

/** A tool that Claude has to use is how older models are held to a shape. */
function toolOf(schema: JsonObject) {
  return {
    tools: [{ name: 'answer', description: 'Gives the answer.', input_schema: schema }],
    toolChoice: { type: 'tool', name: 'answer' },
  }
}

function parse(text: string): JsonValue | undefined {
  try {
    // What JSON.parse gives is a JSON value by definition.
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
