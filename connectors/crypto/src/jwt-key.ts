import { StepError } from '@inlay/sdk/connector'
import { importPKCS8, importSPKI } from 'jose'

/** The ways of signing on offer: shared secrets, RSA, elliptic curves. */
export const ALGORITHMS = ['HS256', 'HS512', 'RS256', 'ES256', 'EdDSA'] as const
/** One of `ALGORITHMS`. */
export type Algorithm = (typeof ALGORITHMS)[number]

/** The key for a way of signing. @throws StepError `authentication` when the connection's key is of another kind */
export async function jwtKey(key: string, algorithm: Algorithm, use: 'sign' | 'verify') {
  if (algorithm.startsWith('HS')) return Buffer.from(key)
  try {
    return use === 'sign' ? await importPKCS8(key, algorithm) : await importSPKI(key, algorithm)
  } catch (cause) {
    const wanted = use === 'sign' ? 'a private key in PKCS #8' : 'a public key in SPKI'
    throw new StepError('authentication', `The key of the connection does not fit ${algorithm}`, {
      detail: `It has to be ${wanted}, in PEM.`,
      cause,
    })
  }
}
