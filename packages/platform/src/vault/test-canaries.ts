/** Distinctive secrets, and the ways in which one could show. */
import { randomBytes } from 'node:crypto'

/** A secret of every kind. None looks like a real one, and none is found by chance. */
export const CANARIES = {
  apiKey: canary('api-key'),
  queryKey: canary('query-key'),
  bearer: canary('bearer'),
  password: canary('password'),
  custom: canary('custom'),
  accessToken: canary('access-token'),
  refreshToken: canary('refresh-token'),
  expiredToken: canary('expired-token'),
  clientSecret: canary('client-secret'),
  registration: canary('registration'),
} as const

function canary(kind: string): string {
  // With characters that addresses and JSON write otherwise.
  return `canary ${kind}+${randomBytes(12).toString('hex')}/"x"=`
}

/** Ways in which a secret may be written, each by its name. */
export function formsOf(secret: string): Readonly<Record<string, string>> {
  const json = JSON.stringify(secret).slice(1, -1)
  return {
    plain: secret,
    address: encodeURIComponent(secret),
    form: new URLSearchParams({ s: secret }).toString().slice(2),
    json,
    'json in json': JSON.stringify(json).slice(1, -1),
    hexadecimal: Buffer.from(secret).toString('hex'),
    ...Object.fromEntries([0, 1, 2].flatMap((offset) => withinBase64(secret, offset))),
  }
}

/** The middle of a text's Base64, which is the same whatever stands around it. */
function withinBase64(text: string, offset: number): [string, string][] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
  const start = offset === 0 ? 0 : 4
  const end = Math.floor(bytes.length / 3) * 4
  return [
    [`Base64 at ${offset}`, bytes.toString('base64').slice(start, end)],
    [`Base64url at ${offset}`, bytes.toString('base64url').slice(start, end)],
  ]
}

/** Where secrets show in texts: `place: kind, form`. */
export function sightings(texts: ReadonlyMap<string, string>, secrets: Readonly<Record<string, string>>): string[] {
  return [...texts].flatMap(([place, text]) =>
    Object.entries(secrets).flatMap(([kind, secret]) =>
      Object.entries(formsOf(secret)).flatMap(([form, written]) =>
        text.includes(written) ? [`${place}: ${kind}, ${form}`] : [],
      ),
    ),
  )
}
