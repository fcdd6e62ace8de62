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
import { chatFields, chatModelOptions, completeChat, usageSchema } from '../chat-completion.js'
import { closed, withoutNulls } from '../strict-schema.js'

/** Gets data out of a text. */
export const structuredAnswer = action({
  name: 'Get data',
  description: 'Asks a model for data of a shape that you describe: to sort, rate, or read fields out of a text.',
  input: z.strictObject({
    ...chatFields,
    schema: z.record(z.string(), jsonValue).meta({
      title: 'Shape of the answer',
      description: 'A JSON Schema. Say in descriptions what each field means.',
      examples: [{ type: 'object', properties: { mood: { enum: ['good', 'bad'] } }, required: ['mood'] }],
    }),
    strict: z.boolean().default(true).meta({
      title: 'Strict',
      description: 'The service holds the model to the shape. Off for services that do not know this.',
    }),
  }),
  output: z.object({
    data: jsonValue.meta({ title: 'Data' }),
    model: z.string().meta({ title: 'Model' }),
    usage: usageSchema,
  }),
  sampleInput: {
    model: 'gpt-4.1-mini',
    prompt: 'Is this a happy text? "What a day!"',
    schema: { type: 'object', properties: { mood: { enum: ['good', 'bad'] } }, required: ['mood'] },
  },
  sampleOutput: {
    data: { mood: 'good' },
    model: 'gpt-4.1-mini-2025-04-14',
    usage: { prompt_tokens: 30, completion_tokens: 5, total_tokens: 35 },
  },
  options: { model: chatModelOptions },
  outputSchema: {
    dependsOn: ['schema'],
    load: async ({ input: { schema } }) => ({
      type: 'object',
      properties: { data: schema ?? {}, model: { type: 'string', title: 'Model' } },
    }),
  },
  run: async (context) => {
    const { model, system, prompt, temperature, maxTokens, schema, strict } = context.input
    const first = system === undefined ? [] : [{ role: 'system' as const, content: system }]
    const { text, isCutOff, ...answer } = await completeChat(context, {
      model,
      messages: [...first, { role: 'user', content: prompt }],
      temperature,
      maxTokens,
      responseFormat: {
        type: 'json_schema',
        json_schema: { name: 'answer', schema: strict ? closed(schema) : schema, strict },
      },
    })
    if (isCutOff) {
      throw new StepError('limit', 'The answer was cut off before it was whole', { detail: 'Allow more tokens.' })
    }
    return { data: checked(text, { schema, strict }), model: answer.model, usage: answer.usage }
  },
})

function checked(
  text: string,
  { schema, strict }: { readonly schema: JsonObject; readonly strict: boolean },
): JsonValue {
  const given = parse(text)
  const data = strict ? withoutNulls(given, schema) : given
  const fits = fromJsonSchema(schema).safeParse(data)
  if (fits.success) return data
  throw new StepError('communication', 'The model’s answer does not have the shape that was asked for', {
    detail: misfits(fits.error, 'answer').join('; '),
  })
}

function parse(text: string): JsonValue {
  try {
    // What JSON.parse gives is a JSON value by definition.
    return JSON.parse(text) as JsonValue
  } catch (cause) {
    throw new StepError('communication', 'The model’s answer is not JSON', {
      detail: `It begins with: ${text.slice(0, 100)}`,
      cause,
    })
  }
}
