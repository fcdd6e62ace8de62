import { action, jsonValue, StepError, z } from '@inlay/sdk/connector'
import { SignJWT } from 'jose'
import { keyOf } from '../auth.js'
import { ALGORITHMS, jwtKey } from '../jwt-key.js'

/** Makes a signed token. */
export const signJwt = action({
  name: 'Sign a JWT',
  description: 'Makes a signed JSON Web Token (RFC 7519) with the key of a connection.',
  input: z.strictObject({
    claims: z.record(z.string(), jsonValue).meta({ title: 'Claims', examples: [{ sub: 'kim' }] }),
    algorithm: z.enum(ALGORITHMS).default('HS256').meta({ title: 'Algorithm' }),
    expiresInSeconds: z.coerce.number().int().min(1).default(300).meta({ title: 'Seconds until it expires' }),
    keyId: z.string().optional().meta({ title: 'Key id', description: 'For the header "kid".' }),
  }),
  output: z.object({ token: z.string().meta({ title: 'Token' }) }),
  sampleInput: { claims: { sub: 'kim' } },
  sampleOutput: { token: 'header.claims.signature' },
  run: async ({ input: { claims, algorithm, expiresInSeconds, keyId }, auth }) => {
    const key = await jwtKey(keyOf(auth), algorithm, 'sign')
    const header = { alg: algorithm, ...(keyId === undefined ? {} : { kid: keyId }) }
    const now = Math.floor(Date.now() / 1000)
    try {
      const jwt = new SignJWT({ ...claims }).setProtectedHeader(header).setIssuedAt(now)
      return { token: await jwt.setExpirationTime(now + expiresInSeconds).sign(key) }
    } catch (cause) {
      throw new StepError('validation', 'The token cannot be signed', {
        detail: cause instanceof Error ? cause.message : 'The key does not fit the algorithm.',
        cause,
      })
    }
  },
})
