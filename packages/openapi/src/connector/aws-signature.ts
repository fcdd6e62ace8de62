import { createHash, createHmac } from 'node:crypto'
import { type AuthValues, type HttpRequest, StepError } from '@inlay/engine'
import { own, textOr } from '../json.js'

const ALGORITHM = 'AWS4-HMAC-SHA256'

/** Signs requests with Signature Version 4 of AWS: region and service follow from the host. */
export function awsSigner(now: () => Date = () => new Date()) {
  return (request: HttpRequest, auth: AuthValues): HttpRequest => {
    const url = new URL(request.url)
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined)
        for (const item of typeof value === 'object' ? value : [value]) url.searchParams.append(name, String(item))
    }
    return signed({
      request,
      url,
      body: bodyOf(request),
      secrets: secretsOf(auth),
      scope: scopeOf(url.host),
      at: now(),
    })
  }
}

interface Signing {
  readonly request: HttpRequest
  readonly url: URL
  readonly body: string | Uint8Array
  readonly secrets: { readonly id: string; readonly key: string; readonly session: string }
  readonly scope: { readonly region: string; readonly service: string }
  readonly at: Date
}

function signed({ request, url, body, secrets, scope, at }: Signing): HttpRequest {
  const time = at.toISOString().replace(/[:-]|\.\d{3}/g, '')
  const day = time.slice(0, 8)
  const hash = createHash('sha256').update(body).digest('hex')
  const headers: Record<string, string> = {
    host: url.host,
    'x-amz-date': time,
    'x-amz-content-sha256': hash,
    ...(secrets.session === '' ? {} : { 'x-amz-security-token': secrets.session }),
  }
  const target = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase().startsWith('x-amz-target'))
  for (const [name, value] of target) headers[name.toLowerCase()] = value
  const names = Object.keys(headers).sort()
  const canonical = [
    request.method ?? 'GET',
    url.pathname
      .split('/')
      .map((segment) => (scope.service === 's3' ? segment : encodeURIComponent(segment)))
      .join('/'),
    canonicalQuery(url),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    names.join(';'),
    hash,
  ].join('\n')
  const credential = `${day}/${scope.region}/${scope.service}/aws4_request`
  const toSign = [ALGORITHM, time, credential, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = [day, scope.region, scope.service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secrets.key}`)
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  const { host: _, ...sent } = headers
  const { query: _query, ...rest } = request
  const authorization = `${ALGORITHM} Credential=${secrets.id}/${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return { ...rest, url: url.href, headers: { ...request.headers, ...sent, authorization } }
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function canonicalQuery(url: URL): string {
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const pairs = [...url.searchParams].map(([name, value]) => [encode(name), encode(value)] as const)
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return pairs
    .toSorted(([nameA, a], [nameB, b]) => order(nameA, nameB) || order(a, b))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** `ec2.eu-west-1.amazonaws.com`: the service first, then the region; services without regions are in `us-east-1`. */
function scopeOf(host: string): Signing['scope'] {
  const labels = (host.split(':')[0] ?? '').replace(/\.amazonaws\.com(\.cn)?$/, '').split('.')
  const region = labels.find((label) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(label)) ?? 'us-east-1'
  return { region, service: labels.find((label) => label !== region) ?? '' }
}

function bodyOf({ json, text, bytes, form, multipart }: HttpRequest): string | Uint8Array {
  if (multipart !== undefined || form !== undefined) {
    throw new StepError('bug', 'A form cannot be signed', {
      detail: 'Signature Version 4 covers the bytes of the body, which are not known yet.',
    })
  }
  return json === undefined ? (text ?? bytes ?? '') : JSON.stringify(json)
}

function secretsOf({ fields }: AuthValues): Signing['secrets'] {
  const text = (name: string): string => textOr(own(fields, name)) ?? ''
  return { id: text('accessKeyId'), key: text('secretAccessKey'), session: text('sessionToken') }
}
