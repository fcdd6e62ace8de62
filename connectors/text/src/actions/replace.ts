import { action, StepError, z } from '@inlay/sdk/connector'
import { RE2JS } from 're2js'
import { compilePattern, ignoreCaseField, textField } from '../pattern.js'

/** Replaces parts of a text. */
export const replace = action({
  name: 'Replace',
  description: 'Replaces every occurrence of a text, or of a pattern.',
  input: z.strictObject({
    text: textField,
    search: z
      .string()
      .min(1)
      .max(1000)
      .meta({ title: 'Search', examples: ['A-'] }),
    replacement: z
      .string()
      .max(100_000)
      .default('')
      .meta({ title: 'Replace with', description: '$1 is the first group.' }),
    isPattern: z.boolean().default(false).meta({ title: 'Search is a pattern' }),
    ignoreCase: ignoreCaseField,
  }),
  output: z.object({ text: z.string().meta({ title: 'Text' }) }),
  sampleInput: { text: 'Order A-1001', search: 'A-(\\d+)', replacement: 'No. $1', isPattern: true },
  sampleOutput: { text: 'Order No. 1001' },
  run: async ({ input: { text, search, replacement, isPattern, ignoreCase } }) => {
    const pattern = compilePattern(isPattern ? search : RE2JS.quote(search), ignoreCase)
    const matcher = pattern.matcher(text)
    if (!isPattern) return { text: matcher.replaceAll(replacement.replace(/[\\$]/g, '\\$&')) }
    try {
      return { text: matcher.replaceAll(replacement) }
    } catch (cause) {
      throw new StepError('validation', 'The replacement names a group that the pattern does not have', {
        detail: 'Groups are numbered from $1. Write \\$ for a dollar sign.',
        cause,
      })
    }
  },
})
