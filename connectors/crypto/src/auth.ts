import { type AuthDefinition, type AuthValues, StepError, z } from '@inlay/sdk/connector'

/** A key that signs or encrypts. */
export const auth: AuthDefinition = {
  kind: 'custom',
  name: 'Key',
  help: 'A shared secret; or, for signatures with RS256, ES256 or EdDSA, a key in PEM.',
  fields: z.object({
    key: z.string().min(1).max(20_000).meta({ title: 'Key', format: 'password' }),
  }),
  secretFields: ['key'],
}

/** @throws StepError `authentication` when the step has no connection */
export function keyOf({ fields }: AuthValues): string {
  const { key } = fields
  if (typeof key === 'string' && key !== '') return key
  throw new StepError('authentication', 'This action needs a key', {
    detail: 'Choose a connection that holds it, or make one.',
  })
}
