import { action, z } from '@inlay/sdk/connector'
import { textField } from '../pattern.js'
import { capitalize, wordsOf } from '../words.js'

const CASES = {
  lower: (text: string) => text.toLowerCase(),
  upper: (text: string) => text.toUpperCase(),
  sentence: (text: string) => text.replace(/\p{L}/u, (letter) => letter.toUpperCase()),
  title: (text: string) => text.replace(/[\p{L}\p{N}'’]+/gu, capitalize),
  camel: (text: string) =>
    wordsOf(text)
      .map((word, index) => (index === 0 ? word.toLowerCase() : capitalize(word)))
      .join(''),
  snake: (text: string) => wordsOf(text).join('_').toLowerCase(),
  kebab: (text: string) => wordsOf(text).join('-').toLowerCase(),
} as const

/** Changes upper and lower case. */
export const changeCase = action({
  name: 'Change case',
  description: 'Writes a text in small or large letters, as a title, or as a name for programs.',
  input: z.strictObject({
    text: textField,
    case: z
      .enum(['lower', 'upper', 'sentence', 'title', 'camel', 'snake', 'kebab'])
      .default('lower')
      .meta({ title: 'Case' }),
  }),
  output: z.object({ text: z.string().meta({ title: 'Text' }) }),
  sampleInput: { text: 'Order ID', case: 'camel' },
  sampleOutput: { text: 'orderId' },
  run: async ({ input }) => ({ text: CASES[input.case](input.text) }),
})
