import { createHmac } from 'node:crypto'
import { action, z } from '@inlay/sdk/connector'
import { keyOf } from '../auth.js'
import { encodingField, textField } from '../fields.js'

/** Signs a text with a shared secret. */
export const hmac = action({
  name: 'HMAC signature',
  description: 'Signs a text with the secret of a connection (RFC 2104), as many webhooks ask for.',
  input: z.strictObject({
    text: textField,
    algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256').meta({ title: 'Algorithm' }),
    encoding: encodingField,
  }),
  output: z.object({ signature: z.string().meta({ title: 'Signature' }) }),
  sampleInput: { text: 'what do ya want for nothing?' },
  sampleOutput: { signature: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843' },
  run: async ({ input: { text, algorithm, encoding }, auth }) => ({
    signature: createHmac(algorithm, keyOf(auth)).update(text).digest(encoding),
  }),
})
