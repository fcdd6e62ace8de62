import { action, type JsonObject, jsonValue, z } from '@inlay/sdk/connector'
import { errors, jwtVerify } from 'jose'
import { keyOf } from '../auth.js'
import { ALGORITHMS, jwtKey } from '../jwt-key.js'

/** Checks a signed token. */
export const verifyJwt = action({
  name: 'Check a JWT',
  description: 'Checks the signature and the times of a JSON Web Token, and reads it.',
  input: z.strictObject({
    token: z.string().max(100_000).meta({ title: 'Token', format: 'password' }),
    algorithm: z.enum(ALGORITHMS).default('HS256').meta({ title: 'Algorithm', description: 'No other one is taken.' }),
    issuer: z.string().optional().meta({ title: 'Issuer', description: 'Refuses tokens of others.' }),
    audience: z.string().optional().meta({ title: 'Audience', description: 'Refuses tokens for others.' }),
  }),
  output: z.object({
    isValid: z.boolean().meta({ title: 'Is valid' }),
    reason: z.string().nullable().meta({ title: 'Why not' }),
    claims: z.record(z.string(), jsonValue).nullable().meta({ title: 'Claims' }),
  }),
  sampleInput: { token: 'header.claims.signature' },
  sampleOutput: { isValid: true, reason: null, claims: { sub: 'kim', iat: 1798135200, exp: 1798135500 } },
  run: async ({ input: { token, algorithm, issuer, audience }, auth }) => {
    const key = await jwtKey(keyOf(auth), algorithm, 'verify')
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [algorithm],
        ...(issuer === undefined ? {} : { issuer }),
        ...(audience === undefined ? {} : { audience }),
      })
      // What jose has parsed from JSON is JSON.
      return { isValid: true, reason: null, claims: payload as JsonObject }
    } catch (error) {
      // That a token is not valid is an answer, not a failure.
      if (error instanceof errors.JOSEError) return { isValid: false, reason: error.message, claims: null }
      throw error
    }
  },
})
