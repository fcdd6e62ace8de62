import { action, StepError, z } from '@inlay/sdk/connector'
import { compilePattern, ignoreCaseField, textField } from '../pattern.js'

const KINDS = {
  email: '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+',
  url: 'https?://[^\\s<>"\']*[^\\s<>"\'.,;:!?)\\]]',
  number: '[-+]?\\d+(?:[.,]\\d+)*',
  pattern: undefined,
} as const

/** Finds parts of a text. */
export const extract = action({
  name: 'Extract',
  description: 'Finds e-mail addresses, links, numbers, or whatever a pattern describes.',
  input: z.strictObject({
    text: textField,
    what: z.enum(['email', 'url', 'number', 'pattern']).default('email').meta({ title: 'What' }),
    pattern: z
      .string()
      .max(1000)
      .optional()
      .meta({ title: 'Pattern', examples: ['A-(\\d+)'] }),
    ignoreCase: ignoreCaseField,
    limit: z.coerce.number().int().min(1).max(10_000).default(1000).meta({ title: 'At most' }),
  }),
  output: z.object({
    first: z.string().nullable().meta({ title: 'First' }),
    all: z
      .array(
        z.object({
          text: z.string().meta({ title: 'Text' }),
          groups: z.array(z.string().nullable()).meta({ title: 'Groups' }),
        }),
      )
      .meta({ title: 'All' }),
    count: z.number().meta({ title: 'How many' }),
  }),
  sampleInput: { text: 'Order A-1001 for kim@example.com', what: 'pattern', pattern: 'A-(\\d+)' },
  sampleOutput: { first: 'A-1001', all: [{ text: 'A-1001', groups: ['1001'] }], count: 1 },
  run: async ({ input: { text, what, pattern, ignoreCase, limit } }) => {
    const source = KINDS[what] ?? pattern
    if (source === undefined)
      throw new StepError('validation', 'There is no pattern', { detail: 'Say what to look for.' })
    const matcher = compilePattern(source, ignoreCase).matcher(text)
    const all: { text: string; groups: (string | null)[] }[] = []
    while (all.length < limit && matcher.find()) {
      const groups = Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1))
      all.push({ text: matcher.group() ?? '', groups })
    }
    return { first: all[0]?.text ?? null, all, count: all.length }
  },
})
