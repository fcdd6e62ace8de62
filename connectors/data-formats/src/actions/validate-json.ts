import { action, fromJsonSchema, jsonValue, z } from '@inlay/sdk/connector'

/** Checks data against a schema. */
export const validateJson = action({
  name: 'Check data',
  description: 'Checks data against a JSON Schema (draft 2020-12).',
  input: z.strictObject({
    data: jsonValue.meta({ title: 'Data', examples: [{ id: 7 }] }),
    schema: z.record(z.string(), jsonValue).meta({ title: 'JSON Schema', examples: [{ type: 'object' }] }),
  }),
  output: z.object({
    isValid: z.boolean().meta({ title: 'Is valid' }),
    problems: z
      .array(z.object({ path: z.string().meta({ title: 'Where' }), message: z.string().meta({ title: 'What' }) }))
      .meta({ title: 'Problems' }),
  }),
  sampleInput: { data: { id: 7 }, schema: { type: 'object', required: ['name'] } },
  sampleOutput: {
    isValid: false,
    problems: [{ path: 'name', message: 'is required' }],
  },
  run: async ({ input: { data, schema } }) => {
    const checked = fromJsonSchema(schema).safeParse(data)
    const issues = checked.success ? [] : checked.error.issues
    const problems = issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
    return { isValid: checked.success, problems }
  },
})
