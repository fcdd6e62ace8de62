import type { AuthValues, HttpRequest } from '@inlay/sdk/connector'
import { type SigningKey, signHeaders } from './signature.js'

/** The region of connections that name none. */
export const REGION = 'us-east-1'

/** Names that can be a part of a host name, and of one that a wildcard certificate covers: without dots. */
const HOST_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/

/** The address of the service: Amazon's of the region, or the connection's own. */
export function endpointOf(credentials: AuthValues): string {
  const endpoint = textOf(credentials, 'endpoint')
  if (endpoint !== undefined) return endpoint.replace(/\/+$/, '')
  return `https://s3.${textOf(credentials, 'region') ?? REGION}.amazonaws.com`
}

/** What a connection's requests are signed with. */
export function signingKeyOf(credentials: AuthValues): SigningKey {
  return {
    accessKeyId: textOf(credentials, 'accessKeyId') ?? '',
    secretAccessKey: textOf(credentials, 'secretAccessKey') ?? '',
    sessionToken: textOf(credentials, 'sessionToken'),
    region: textOf(credentials, 'region') ?? REGION,
  }
}

/**
 * The absolute address of a path that begins with a bucket, for connections that name buckets in the host; undefined for
 * all others, whose paths are those of the service's own address.
 */
export function virtualAddressOf(credentials: AuthValues, path: string): string | undefined {
  const [, bucket = '', rest = ''] = /^\/([^/?]+)(.*)$/.exec(path) ?? []
  if (textOf(credentials, 'addressing') !== 'virtualHost' || !HOST_NAME.test(bucket)) return undefined
  const endpoint = new URL(endpointOf(credentials))
  return `${endpoint.protocol}//${bucket}.${endpoint.host}${endpoint.pathname.replace(/\/+$/, '')}${rest || '/'}`
}

/** A request with its signature. */
export function signed(request: HttpRequest, credentials: AuthValues): HttpRequest {
  const { query = {}, ...rest } = request
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((item) => [name, String(item)] as const),
  )
  const { url, headers } = signHeaders(
    {
      method: request.method ?? 'GET',
      url: request.url,
      query: pairs,
      headers: request.headers ?? {},
      body: request.bytes ?? request.text ?? '',
      at: new Date(),
    },
    signingKeyOf(credentials),
  )
  return { ...rest, url, headers: { ...request.headers, ...headers } }
}

function textOf({ fields }: AuthValues, name: string): string | undefined {
  const value = fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
