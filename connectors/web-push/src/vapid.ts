import { createECDH, createPrivateKey, sign } from 'node:crypto'
import { type AuthValues, StepError, z } from '@inlay/sdk/connector'

/** The pair of keys by which push services know a sender (RFC 8292). */
export const vapidFields = z.object({
  subject: z
    .string()
    .regex(/^(mailto:|https:\/\/).+/, 'must begin with mailto: or https://')
    .meta({
      title: 'Contact',
      description: 'Whom push services write to in trouble.',
      examples: ['mailto:push@acme.example'],
    }),
  publicKey: z.string().min(1).meta({ title: 'Public key', description: 'The one that your pages subscribe with.' }),
  privateKey: z.string().min(1).meta({ title: 'Private key', format: 'password' }),
})

const KEY_BYTES = 32
const TWELVE_HOURS_S = 43_200

/** The keys of a connection. @throws StepError `authentication` when they are no pair */
export function vapidOf(auth: AuthValues): z.output<typeof vapidFields> {
  const { data } = vapidFields.safeParse(auth.fields)
  if (data !== undefined && isPair(data.privateKey, data.publicKey)) return data
  throw new StepError('authentication', 'The VAPID keys are no pair', {
    detail: 'Correct the connection: both keys are base64url, and made together.',
  })
}

function isPair(privateKey: string, publicKey: string): boolean {
  const bytes = Buffer.from(privateKey, 'base64url')
  if (bytes.length !== KEY_BYTES) return false
  try {
    const pair = createECDH('prime256v1')
    pair.setPrivateKey(bytes)
    return pair.getPublicKey().equals(Buffer.from(publicKey, 'base64url'))
  } catch {
    return false
  }
}

/**
 * The `authorization` header for a push service (RFC 8292).
 *
 * @param now Unix milliseconds
 */
export function vapidHeader(keys: z.output<typeof vapidFields>, endpoint: string, now: number): string {
  const point = Buffer.from(keys.publicKey, 'base64url')
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 1 + KEY_BYTES).toString('base64url'),
      y: point.subarray(1 + KEY_BYTES).toString('base64url'),
      d: Buffer.from(keys.privateKey, 'base64url').toString('base64url'),
    },
  })
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now / 1000) + TWELVE_HOURS_S, sub: keys.subject }
  const content = [{ typ: 'JWT', alg: 'ES256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const signature = sign('sha256', Buffer.from(content.join('.')), { key, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${content.join('.')}.${signature.toString('base64url')}, k=${point.toString('base64url')}`
}
