import { createHash, createHmac } from 'node:crypto'

const ALGORITHM = 'AWS4-HMAC-SHA256'
const UNSIGNED = 'UNSIGNED-PAYLOAD'

/** What requests are signed with. */
export interface SigningKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined
  readonly region: string
}

/** What of a request its signature covers. */
interface SignedRequest {
  readonly method: string
  /** Absolute, its path encoded by `encodeStrictly`; without query. */
  readonly url: string
  readonly query: readonly (readonly [name: string, value: string])[]
  /** Only `x-amz-…` and `range` are covered. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  readonly at: Date
}

/** Percent-encodes all but the unreserved characters of RFC 3986, as signatures demand. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The address and headers of a request signed with Signature Version 4 for the service `s3`. */
export function signHeaders(request: SignedRequest, key: SigningKey) {
  const url = new URL(request.url)
  const bodyHash = sha256(request.body)
  const added = {
    'x-amz-date': timeOf(request.at),
    'x-amz-content-sha256': bodyHash,
    ...(key.sessionToken === undefined ? {} : { 'x-amz-security-token': key.sessionToken }),
  }
  const covered = Object.entries({ host: url.host, ...lowerCased(request.headers), ...added })
    .filter(([name]) => name === 'host' || name === 'range' || name.startsWith('x-amz-'))
    .sort(byText)
  const names = covered.map(([name]) => name).join(';')
  const query = canonicalQuery(request.query)
  const signature = signatureOf(
    { method: request.method, path: url.pathname, query, covered, bodyHash },
    key,
    request.at,
  )
  return {
    url: withQuery(url, query),
    headers: {
      ...added,
      authorization: `${ALGORITHM} Credential=${key.accessKeyId}/${scopeOf(key, request.at)}, SignedHeaders=${names}, Signature=${signature}`,
    },
  }
}

/** An address that carries its own signature: whoever has it may make this one request, as long as it is valid. */
export function presign(
  request: Pick<SignedRequest, 'method' | 'url' | 'at'> & { readonly expiresInSeconds: number },
  key: SigningKey,
): string {
  const url = new URL(request.url)
  const query = canonicalQuery([
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', `${key.accessKeyId}/${scopeOf(key, request.at)}`],
    ['X-Amz-Date', timeOf(request.at)],
    ['X-Amz-Expires', String(request.expiresInSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
    ...(key.sessionToken === undefined ? [] : [['X-Amz-Security-Token', key.sessionToken] as const]),
  ])
  const covered = [['host', url.host]] as const
  const parts = { method: request.method, path: url.pathname, query, covered, bodyHash: UNSIGNED }
  return `${withQuery(url, query)}&X-Amz-Signature=${signatureOf(parts, key, request.at)}`
}

interface CanonicalParts {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly covered: readonly (readonly [name: string, value: string])[]
  readonly bodyHash: string
}

function signatureOf({ method, path, query, covered, bodyHash }: CanonicalParts, key: SigningKey, at: Date): string {
  const canonical = [
    method,
    path,
    query,
    ...covered.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}`),
    '',
    covered.map(([name]) => name).join(';'),
    bodyHash,
  ].join('\n')
  const scope = scopeOf(key, at)
  const signingKey = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${key.secretAccessKey}`)
  return hmac(signingKey, [ALGORITHM, timeOf(at), scope, sha256(canonical)].join('\n')).toString('hex')
}

function scopeOf({ region }: SigningKey, at: Date): string {
  return `${timeOf(at).slice(0, 8)}/${region}/s3/aws4_request`
}

/** `20130524T000000Z` */
function timeOf(at: Date): string {
  return at.toISOString().replace(/[:-]|\.\d{3}/g, '')
}

function canonicalQuery(query: SignedRequest['query']): string {
  return query
    .map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)] as const)
    .toSorted(byText)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function withQuery(url: URL, query: string): string {
  return `${url.origin}${url.pathname}${query === '' ? '' : `?${query}`}`
}

function byText([a, aValue]: readonly [string, string], [b, bValue]: readonly [string, string]): number {
  if (a === b) return aValue < bValue ? -1 : 1
  return a < b ? -1 : 1
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
