import { action, z } from '@inlay/sdk/connector'
import { textField } from '../pattern.js'
import { wordsOf } from '../words.js'

/** What Unicode does not take apart into a plain letter and a mark. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', þ: 'th', ð: 'd' }

/** Makes a text that fits into an address. */
export const slug = action({
  name: 'Make a slug',
  description: 'Makes a short name for addresses of a text: small letters, digits and dashes.',
  input: z.strictObject({
    text: textField,
    length: z.coerce.number().int().min(1).max(200).default(80).meta({ title: 'Characters at most' }),
  }),
  output: z.object({ slug: z.string().meta({ title: 'Slug' }) }),
  sampleInput: { text: 'Crème brûlée for 2!' },
  sampleOutput: { slug: 'creme-brulee-for-2' },
  run: async ({ input: { text, length } }) => {
    const letters = text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
    const plain = letters.replace(/[ßæœøđłþð]/g, (letter) => PLAIN[letter] ?? '')
    return { slug: wordsOf(plain).join('-').slice(0, length).replace(/-+$/, '') }
  },
})
