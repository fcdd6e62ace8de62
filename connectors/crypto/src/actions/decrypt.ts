import { action, z } from '@inlay/sdk/connector'
import { keyOf } from '../auth.js'
import { unsealText } from '../sealed-text.js'

/** Decrypts a text. */
export const decrypt = action({
  name: 'Decrypt',
  description: 'Reads what "Encrypt" has written with the same key and context.',
  input: z.strictObject({
    encrypted: z
      .string()
      .max(10_000_000)
      .meta({ title: 'Encrypted', examples: ['v1.salt-iv-tag-text'] }),
    context: z.string().max(1000).default('').meta({ title: 'Context' }),
  }),
  output: z.object({ text: z.string().meta({ title: 'Text' }) }),
  sampleInput: { encrypted: 'v1.salt-iv-tag-text' },
  sampleOutput: { text: 'hello' },
  run: async ({ input: { encrypted, context }, auth }) => ({ text: unsealText(encrypted, keyOf(auth), context) }),
})
