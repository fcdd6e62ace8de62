import { action, z } from '@inlay/sdk/connector'
import { textField } from '../pattern.js'

/** Cuts a text into parts. */
export const split = action({
  name: 'Split',
  description: 'Cuts a text into parts at a separator.',
  input: z.strictObject({
    text: textField,
    separator: z
      .string()
      .max(100)
      .default(',')
      .meta({ title: 'Separator', description: 'By default a comma; \\n is a line.' }),
    trim: z.boolean().default(true).meta({ title: 'Without spaces around parts' }),
    dropEmpty: z.boolean().default(true).meta({ title: 'Without empty parts' }),
  }),
  output: z.object({
    parts: z.array(z.string()).meta({ title: 'Parts' }),
    count: z.number().meta({ title: 'How many' }),
  }),
  sampleInput: { text: 'red, green,, blue' },
  sampleOutput: { parts: ['red', 'green', 'blue'], count: 3 },
  run: async ({ input: { text, separator, trim, dropEmpty } }) => {
    const cut = text.split(separator.replaceAll('\\n', '\n').replaceAll('\\t', '\t'))
    const trimmed = trim ? cut.map((part) => part.trim()) : cut
    const parts = dropEmpty ? trimmed.filter((part) => part !== '') : trimmed
    return { parts, count: parts.length }
  },
})
