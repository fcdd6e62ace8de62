import { action, z } from '@inlay/sdk/connector'
import { textField } from '../pattern.js'

/** Shortens a text. */
export const truncate = action({
  name: 'Shorten',
  description: 'Cuts a text that is too long, at the end of a word where there is one.',
  input: z.strictObject({
    text: textField,
    length: z.coerce.number().int().min(1).max(100_000).default(100).meta({ title: 'Characters at most' }),
    ending: z.string().max(20).default('…').meta({ title: 'Ending', description: 'Shows that something is missing.' }),
  }),
  output: z.object({
    text: z.string().meta({ title: 'Text' }),
    wasCut: z.boolean().meta({ title: 'Something is missing' }),
  }),
  sampleInput: { text: 'The cart forgets its items', length: 17 },
  sampleOutput: { text: 'The cart forgets…', wasCut: true },
  run: async ({ input: { text, length, ending } }) => {
    // By what people take for characters: an emoji of several code points must not be cut through.
    const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
    if (characters.length <= length) return { text, wasCut: false }
    const kept = characters.slice(0, Math.max(0, length - ending.length))
    const space = kept.lastIndexOf(' ')
    const endsInWord = /\S/.test(characters[kept.length] ?? '') && space > kept.length / 2
    return {
      text: `${kept
        .slice(0, endsInWord ? space : kept.length)
        .join('')
        .trimEnd()}${ending}`,
      wasCut: true,
    }
  },
})
