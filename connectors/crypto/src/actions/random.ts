import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { action, z } from '@inlay/sdk/connector'

/** Without letters and digits that people take for each other. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** Makes a random value. */
export const random = action({
  name: 'Random value',
  description: 'A UUID, token, code or number that nobody can guess.',
  input: z.strictObject({
    kind: z.enum(['uuid', 'token', 'letters', 'digits', 'number']).default('uuid').meta({ title: 'Kind' }),
    length: z.coerce
      .number()
      .int()
      .min(1)
      .max(1024)
      .default(32)
      .meta({ title: 'Length', description: 'Bytes of a token; characters of letters and digits.' }),
    min: z.coerce.number().int().default(1).meta({ title: 'Smallest number' }),
    max: z.coerce.number().int().default(100).meta({ title: 'Largest number' }),
  }),
  output: z.object({ value: z.union([z.string(), z.number()]).meta({ title: 'Value' }) }),
  sampleInput: { kind: 'uuid' },
  sampleOutput: { value: '0b6bd9b4-3f9e-4b5e-8a3c-5b8a1f6f2f54' },
  run: async ({ input: { kind, length, min, max } }) => {
    const pick = (alphabet: string) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
    switch (kind) {
      case 'uuid':
        return { value: randomUUID() }
      case 'token':
        return { value: randomBytes(length).toString('base64url') }
      case 'letters':
        return { value: pick(LETTERS) }
      case 'digits':
        return { value: pick('0123456789') }
      case 'number':
        return { value: min >= max ? min : randomInt(min, max + 1) }
    }
  },
})
