import { createHash } from 'node:crypto'
import { action, z } from '@inlay/sdk/connector'
import { encodingField, textField } from '../fields.js'

/** Hashes a text. */
export const hash = action({
  name: 'Hash',
  description: 'The fingerprint of a text. MD5 and SHA-1 are for services that ask for them, not for security.',
  input: z.strictObject({
    text: textField,
    algorithm: z
      .enum(['sha256', 'sha384', 'sha512', 'sha3-256', 'sha1', 'md5'])
      .default('sha256')
      .meta({ title: 'Algorithm' }),
    encoding: encodingField,
  }),
  output: z.object({ hash: z.string().meta({ title: 'Hash' }) }),
  sampleInput: { text: 'hello' },
  sampleOutput: { hash: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' },
  run: async ({ input: { text, algorithm, encoding } }) => ({
    hash: createHash(algorithm).update(text).digest(encoding),
  }),
})
