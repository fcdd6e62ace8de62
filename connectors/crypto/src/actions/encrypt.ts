import { action, z } from '@inlay/sdk/connector'
import { keyOf } from '../auth.js'
import { textField } from '../fields.js'
import { sealText } from '../sealed-text.js'

/** Encrypts a text. */
export const encrypt = action({
  name: 'Encrypt',
  description: 'Encrypts a text with the key of a connection (AES-256-GCM).',
  input: z.strictObject({
    text: textField,
    context: z
      .string()
      .max(1000)
      .default('')
      .meta({ title: 'Context', description: 'Has to be given again to decrypt, such as the id of whose text it is.' }),
  }),
  output: z.object({ encrypted: z.string().meta({ title: 'Encrypted' }) }),
  sampleInput: { text: 'hello' },
  sampleOutput: { encrypted: 'v1.salt-iv-tag-text' },
  run: async ({ input: { text, context }, auth }) => ({ encrypted: sealText(text, keyOf(auth), context) }),
})
