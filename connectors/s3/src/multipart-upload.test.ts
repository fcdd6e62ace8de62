import { createHash } from 'node:crypto'
import type { AuthValues, FileStore, JsonObject } from '@inlay/sdk/connector'
import {
  createTestFiles,
  createTestStores,
  runAction,
  type StubAnswer,
  type StubFailure,
  type StubRequest,
  startStubServer,
} from '@inlay/sdk/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { PART_BYTES } from './multipart-upload.js'

const ended: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ended.splice(0)) await end()
})

const authAt = (endpoint: string): AuthValues => ({
  kind: 'custom',
  fields: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', region: 'us-east-1', endpoint },
})
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest()
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64')

/** Two whole parts and a short one, no two alike. */
const BYTES = Buffer.concat([1, 2, 3].map((n) => Buffer.alloc(n === 3 ? 1000 : PART_BYTES, n)))
const PARTS = [0, 1, 2].map((n) => BYTES.subarray(n * PART_BYTES, (n + 1) * PART_BYTES))

async function fileOf(files: FileStore, bytes: Uint8Array = BYTES) {
  return files.write({ name: 'film.mp4', contentType: 'video/mp4', bytes })
}

interface UploadOptions {
  readonly input?: JsonObject
  readonly bytes?: Uint8Array
  readonly store?: ReturnType<typeof createTestStores>
  readonly signal?: AbortSignal
  readonly log?: { info(text: string): void; warn(text: string, data?: JsonObject): void }
}

async function upload(endpoint: string, { input, bytes, ...more }: UploadOptions = {}) {
  const files = createTestFiles()
  const file = await fileOf(files, bytes)
  return runAction(connector, 'putObject', {
    input: { bucket: 'films', key: 'a/film.mp4', file, ...input },
    auth: authAt(endpoint),
    files,
    ...more,
  })
}

type Answer = StubAnswer | StubFailure
const xml = (text: string, more: Partial<StubAnswer> = {}): StubAnswer => ({ text, ...more })
const refusal = (code: string, status: number): StubAnswer => xml(`<Error><Code>${code}</Code></Error>`, { status })

/** What S3 would answer; `odd` answers first, where it has something to say. */
async function startS3(odd: (what: string, request: StubRequest) => Answer | undefined = () => undefined) {
  const stub = await startStubServer((request) => odd(nameOf(request), request) ?? usual(nameOf(request), request))
  ended.push(() => stub.close())
  return { url: stub.url, asked: () => stub.requests.map(nameOf), requests: stub.requests }
}

function nameOf({ method, url }: StubRequest): string {
  const { searchParams } = new URL(url, 'http://s3.test')
  if (searchParams.has('uploads')) return 'create'
  const part = searchParams.get('partNumber')
  if (part !== null) return `part ${part}`
  if (!searchParams.has('uploadId')) return method
  const id = searchParams.get('uploadId')
  return method === 'DELETE' ? `abort ${id}` : `complete ${id}`
}

function usual(what: string, { bytes, headers }: StubRequest): StubAnswer {
  const checksum = headers['x-amz-checksum-sha256']
  const etag = `"${md5(bytes).toString('hex')}"`
  if (what.startsWith('part ') || what === 'PUT') {
    return { headers: { etag, ...(checksum === undefined ? {} : { 'x-amz-checksum-sha256': String(checksum) }) } }
  }
  if (what === 'create') {
    return xml('<InitiateMultipartUploadResult><UploadId>u&amp;1</UploadId></InitiateMultipartUploadResult>')
  }
  if (what.startsWith('abort')) return { status: 204 }
  const result = '<ETag>&quot;e-3&quot;</ETag><ChecksumSHA256>c-3</ChecksumSHA256>'
  return xml(`<CompleteMultipartUploadResult>${result}</CompleteMultipartUploadResult>`, {
    headers: { 'x-amz-version-id': 'v1' },
  })
}

describe('an object of more than one part', () => {
  it('is sent with type and metadata at first, the condition at last, and the parts as they are', async () => {
    const s3 = await startS3()
    const written = await upload(s3.url, { input: { isNew: true, hasChecksum: true, metadata: { customer: 'c-1' } } })
    expect(written).toEqual({ etag: 'e-3', versionId: 'v1', checksumSha256: 'c-3', size: BYTES.length })
    expect(s3.asked()).toEqual(['create', 'part 1', 'part 2', 'part 3', 'complete u&1'])
    const [create, one, two, three, complete] = s3.requests
    expect(create?.headers).toMatchObject({
      'content-type': 'video/mp4',
      'x-amz-meta-customer': 'c-1',
      'x-amz-checksum-algorithm': 'SHA256',
    })
    expect(create?.headers).not.toHaveProperty('if-none-match')
    const sums = [one, two, three].map((request) => request?.headers['x-amz-checksum-sha256'])
    expect(sums).toEqual(PARTS.map(sha256))
    expect(complete?.headers['if-none-match']).toBe('*')
    const parts = PARTS.map(
      (part, index) =>
        `<Part><PartNumber>${index + 1}</PartNumber><ETag>"${md5(part).toString('hex')}"</ETag><ChecksumSHA256>${sha256(part)}</ChecksumSHA256></Part>`,
    )
    expect(complete?.body).toContain(`>${parts.join('')}</CompleteMultipartUpload>`)
  })

  it('is sent in one request when it is no longer than a part', async () => {
    const s3 = await startS3()
    const bytes = BYTES.subarray(0, PART_BYTES)
    const written = await upload(s3.url, { bytes, input: { hasChecksum: true } })
    const etag = md5(bytes).toString('hex')
    expect(written).toEqual({ etag, versionId: null, checksumSha256: sha256(bytes), size: PART_BYTES })
    expect(s3.asked()).toEqual(['PUT'])
  })

  it.each<[string, Answer]>([
    ['refused for now', { ...refusal('SlowDown', 503), headers: { 'retry-after': '0' } }],
    ['damaged on its way', refusal('BadDigest', 400)],
    ['cut off', 'reset'],
  ])('sends a part again that was twice %s, and that part alone', async (_, answer) => {
    let failures = 0
    const s3 = await startS3((what) => (what === 'part 2' && ++failures <= 2 ? answer : undefined))
    await expect(upload(s3.url)).resolves.toMatchObject({ etag: 'e-3' })
    expect(s3.asked()).toEqual(['create', 'part 1', 'part 2', 'part 2', 'part 2', 'part 3', 'complete u&1'])
  })

  it('is finished by a second request when the first is refused with status 200', async () => {
    let failures = 0
    const s3 = await startS3((what) =>
      what === 'complete u&1' && ++failures === 1 ? refusal('InternalError', 200) : undefined,
    )
    await expect(upload(s3.url)).resolves.toMatchObject({ etag: 'e-3' })
    expect(s3.asked().slice(-2)).toEqual(['complete u&1', 'complete u&1'])
  })
})

describe('an object that cannot be finished', () => {
  it('leaves no parts, and fails with what S3 said of them', async () => {
    const s3 = await startS3((what) => (what === 'part 2' ? refusal('AccessDenied', 403) : undefined))
    await expect(upload(s3.url)).rejects.toMatchObject({ kind: 'authorization', data: { code: 'AccessDenied' } })
    expect(s3.asked()).toEqual(['create', 'part 1', 'part 2', 'abort u&1'])
  })

  it('is given up after four attempts at a part', async () => {
    const down = { ...refusal('ServiceUnavailable', 503), headers: { 'retry-after': '0' } }
    const s3 = await startS3((what) => (what === 'part 1' ? down : undefined))
    await expect(upload(s3.url)).rejects.toMatchObject({ kind: 'communication', retryable: true })
    expect(s3.asked()).toEqual(['create', 'part 1', 'part 1', 'part 1', 'part 1', 'abort u&1'])
  })

  it('does not wait itself for as long as S3 may ask, but tells when to try again', async () => {
    const busy = { ...refusal('SlowDown', 503), headers: { 'retry-after': '60' } }
    const s3 = await startS3((what) => (what === 'part 1' ? busy : undefined))
    await expect(upload(s3.url)).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 60_000 })
    expect(s3.asked()).toEqual(['create', 'part 1', 'abort u&1'])
  })

  it('tells of parts that S3 would not forget, and the next attempt clears them away', async () => {
    const store = createTestStores()
    const warnings: unknown[] = []
    const log = { info: () => {}, warn: (_text: string, data?: JsonObject) => void warnings.push(data) }
    let isBroken = true
    const s3 = await startS3((what) =>
      isBroken && (what === 'part 3' || what.startsWith('abort')) ? refusal('AccessDenied', 403) : undefined,
    )
    await expect(upload(s3.url, { store, log })).rejects.toMatchObject({ kind: 'authorization' })
    expect(warnings).toEqual([{ uploadId: 'u&1', error: 'S3 refused the request: AccessDenied' }])
    isBroken = false
    const before = s3.asked().length
    await upload(s3.url, { store, log })
    await upload(s3.url, { store, log })
    const sent = ['create', 'part 1', 'part 2', 'part 3', 'complete u&1']
    expect(s3.asked().slice(before)).toEqual(['abort u&1', ...sent, ...sent])
  })

  it('is no matter of waiting once its step is stopped', async () => {
    const stop = new AbortController()
    const s3 = await startS3((what) => {
      if (what !== 'part 2') return undefined
      stop.abort()
      return 'hang'
    })
    await expect(upload(s3.url, { signal: stop.signal })).rejects.toMatchObject({ kind: 'cancelled' })
    expect(s3.asked()).toEqual(['create', 'part 1', 'part 2', 'abort u&1'])
  })
})
