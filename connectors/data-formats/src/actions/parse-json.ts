import { action, type JsonValue, jsonValue, StepError, z } from '@inlay/sdk/connector'
import { readSource, sourceFields } from '../source.js'

/** Reads a text in JSON. */
export const parseJson = action({
  name: 'Read JSON',
  description: 'Makes data of a text in JSON, or of lines each in JSON.',
  input: z.strictObject({
    ...sourceFields,
    lines: z.boolean().default(false).meta({ title: 'Each line is a document of its own' }),
  }),
  output: z.object({ data: jsonValue.meta({ title: 'Data' }) }),
  sampleInput: { text: '{"id": 7}' },
  sampleOutput: { data: { id: 7 } },
  run: async ({ input, files }) => {
    const text = await readSource(input, files)
    if (!input.lines) return { data: parse(text, '') }
    const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, index }]))
    return { data: lines.map(({ line, index }) => parse(line, ` in line ${index + 1}`)) }
  },
})

function parse(text: string, where: string): JsonValue {
  try {
    // What JSON.parse gives is a JSON value by definition.
    return JSON.parse(text) as JsonValue
  } catch (cause) {
    throw new StepError('validation', `The text is not JSON${where}`, {
      detail: cause instanceof Error ? cause.message : 'It cannot be read.',
      cause,
    })
  }
}
