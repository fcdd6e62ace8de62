import { action, z } from '@inlay/sdk/connector'
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
    if (!isPattern) return { text: replaceText(text, compilePattern(RE2JS.quote(search), ignoreCase), replacement) }
    return { text: compilePattern(search, ignoreCase).matcher(text).replaceAll(replacement) }
  },
})

/** What replaces is taken for what it is: no dollar sign in it means anything. */
function replaceText(text: string, pattern: RE2JS, replacement: string): string {
  const matcher = pattern.matcher(text)
  const parts: string[] = []
  let end = 0
  while (matcher.find()) {
    parts.push(text.slice(end, matcher.start()), replacement)
    end = matcher.end()
  }
  return parts.join('') + text.slice(end)
}
