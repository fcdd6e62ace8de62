import { action, z } from '@inlay/sdk/connector'

/** Makes one text of many. */
export const join = action({
  name: 'Join',
  description: 'Makes one text of a list.',
  input: z.strictObject({
    parts: z
      .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .max(10_000)
      .meta({ title: 'List', examples: [['red', 'green', 'blue']] }),
    separator: z.string().max(100).default(', ').meta({ title: 'Separator', description: '\\n is a new line.' }),
    lastSeparator: z
      .string()
      .max(100)
      .optional()
      .meta({ title: 'Last separator', description: 'Between the last two, such as " and ".' }),
  }),
  output: z.object({ text: z.string().meta({ title: 'Text' }) }),
  sampleInput: { parts: ['red', 'green', 'blue'], lastSeparator: ' and ' },
  sampleOutput: { text: 'red, green and blue' },
  run: async ({ input: { parts, separator, lastSeparator } }) => {
    const texts = parts.map((part) => String(part ?? ''))
    const between = separator.replaceAll('\\n', '\n')
    if (lastSeparator === undefined || texts.length < 2) return { text: texts.join(between) }
    return { text: `${texts.slice(0, -1).join(between)}${lastSeparator}${texts.at(-1) ?? ''}` }
  },
})
