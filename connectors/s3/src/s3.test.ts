import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuthValues, JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  createTestEgress,
  createTestFiles,
  describeConnectorContract,
  loadOptions,
  pollTrigger,
  runAction,
  type StubAnswer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { signHeaders } from './signature.js'

const folder = mkdtempSync(join(tmpdir(), 'inlay-s3-'))
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: folder,
  configureBuckets: [
    { name: 'invoices', configs: [] },
    { name: 'archive', configs: [] },
  ],
})
let auth: AuthValues

const authAt = (endpoint: string, accessKeyId = 'S3RVER'): AuthValues => ({
  kind: 'custom',
  fields: { accessKeyId, secretAccessKey: 'S3RVER', region: 'us-east-1', endpoint },
})
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input: { bucket: 'invoices', ...input }, auth, ...more })

beforeAll(async () => {
  // s3rver answers what Node's own listen callback gives; its types say less.
  const { port } = (await server.run()) as AddressInfo
  auth = authAt(`http://127.0.0.1:${port}`)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

// It checks who signed and not the signature, for which signature.test.ts has the vectors; its pages need a cipher that is gone.
describe('s3 actions at s3rver', () => {
  // s3rver reads the source of a copy with fewer escapes than S3; `&` and `+` are left to other requests.
  const key = "2026/a b d's (1)*.txt"

  it('writes, looks up, copies, reads and deletes an object, whatever its key', async () => {
    const files = createTestFiles()
    const written = await run('putObject', { key, text: 'hello', metadata: { customer: 'c-1' } })
    const etag = '5d41402abc4b2a76b9719d911017c592'
    expect(written).toEqual({ etag, versionId: null, checksumSha256: null, size: 5 })
    expect(await run('headObject', { key })).toMatchObject({ size: 5, metadata: { customer: 'c-1' } })
    const copied = await run('copyObject', { key, toBucket: 'archive', toKey: 'copy.txt' })
    expect(copied).toMatchObject({ etag })
    const read = (await run('getObject', { bucket: 'archive', key: 'copy.txt' }, { files })) as { file: object }
    expect(read.file).toMatchObject({ name: 'copy.txt', size: 5 })
    await run('putObject', { key: 'from-file.txt', file: read.file }, { files })
    expect(await run('listObjects', { prefix: '2026/' })).toMatchObject({ objects: [{ key, size: 5 }] })
    expect(await run('deleteObject', { key })).toEqual({ versionId: null })
    await expect(run('getObject', { key })).rejects.toMatchObject({ kind: 'rejected', data: { code: 'NoSuchKey' } })
    await run('deleteObject', { key: 'from-file.txt' })
  })

  it('lists what is below a folder, and folders', async () => {
    for (const name of ['list/1', 'list/R&D+', 'list/deep/3']) await run('putObject', { key: name, text: name })
    const all = (await run('listObjects', { prefix: 'list/' })) as { objects: { key: string }[] }
    expect(all.objects.map(({ key: name }) => name)).toEqual(['list/1', 'list/R&D+', 'list/deep/3'])
    expect(await run('listObjects', { prefix: 'list/', isFolder: true })).toMatchObject({ folders: ['list/deep/'] })
  })

  it('makes links that work without credentials', async () => {
    await run('putObject', { key: 'link.txt', text: 'linked' })
    const { url } = (await run('createLink', { key: 'link.txt', minutes: 5 })) as { url: string }
    const egress = createTestEgress()
    expect(await egress.http.request({ url })).toMatchObject({ status: 200, text: 'linked' })
    await egress.close()
  })

  it('offers buckets and keys', async () => {
    expect(await runAction(connector, 'listBuckets', { input: {}, auth })).toMatchObject({
      buckets: [{ name: 'archive' }, { name: 'invoices' }],
    })
    const buckets = await loadOptions(connector, { of: 'getObject', field: 'bucket', auth })
    expect(buckets.options.map(({ value }) => value)).toEqual(['archive', 'invoices'])
    const input = { bucket: 'invoices' }
    const keys = await loadOptions(connector, { of: 'getObject', field: 'key', search: 'list/d', input, auth })
    expect(keys.options).toEqual([{ value: 'list/deep/3', label: 'list/deep/3' }])
  })

  it('tells new and changed objects once', async () => {
    const poll = (cursor?: JsonValue) =>
      pollTrigger(connector, 'changedObject', {
        input: { bucket: 'invoices', prefix: 'inbox/' },
        auth,
        ...(cursor === undefined ? {} : { cursor }),
      })
    await run('putObject', { key: 'inbox/1', text: 'one' })
    const first = await poll()
    expect(first.items).toMatchObject([{ data: { key: 'inbox/1' } }])
    await run('putObject', { key: 'inbox/1', text: 'one again' })
    await run('putObject', { key: 'inbox/2', text: 'two' })
    const second = await poll(first.cursor)
    expect(second.items.map(({ data }) => (data as { key: string }).key).sort()).toEqual(['inbox/1', 'inbox/2'])
    expect((await poll(second.cursor)).items).toEqual([])
  })

  it('tests a connection and tells whose it is', async () => {
    await expect(testConnection(connector, { auth })).resolves.toBeUndefined()
    expect(await accountOf(connector, { auth })).toMatchObject({ id: 'S3RVER' })
    const wrong = authAt(String(auth.fields['endpoint']), 'unknown')
    await expect(testConnection(connector, { auth: wrong })).rejects.toMatchObject({ kind: 'authentication' })
  })

  it('refuses keys that would lead elsewhere', async () => {
    await expect(run('getObject', { key: '../archive/copy.txt' })).rejects.toMatchObject({ kind: 'validation' })
  })
})

describe('s3 buckets in the host name', () => {
  it('are asked for with a signature for their own host, and by path when they cannot be in one', async () => {
    const stub = await startStubServer(() => ({ headers: { etag: '"e"' } }))
    const virtual: AuthValues = {
      kind: 'custom',
      fields: { accessKeyId: 'a', secretAccessKey: 's', region: 'eu-central-1', addressing: 'virtualHost' },
    }
    const host = 's3.eu-central-1.amazonaws.com'
    const origins = { [`https://invoices.${host}`]: stub.url, [`https://${host}`]: stub.url }
    await run('putObject', { key: 'a b/1', text: 'x' }, { auth: virtual, origins })
    const { url, headers } = stub.requests.at(-1) ?? expect.unreachable()
    expect(url).toBe('/a%20b/1')
    const at = String(headers['x-amz-date']).replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:')
    const signedAgain = signHeaders(
      {
        method: 'PUT',
        url: `https://invoices.${host}/a%20b/1`,
        query: [],
        headers: {},
        body: 'x',
        at: new Date(at),
      },
      { accessKeyId: 'a', secretAccessKey: 's', region: 'eu-central-1' },
    )
    expect(headers.authorization).toBe(signedAgain.headers.authorization)
    await run('putObject', { bucket: 'in.voices', key: '1', text: 'x' }, { auth: virtual, origins })
    expect(stub.requests.at(-1)?.url).toBe('/in.voices/1')
    expect(await run('createLink', { key: 'a b' }, { auth: virtual })).toMatchObject({
      url: expect.stringContaining(`https://invoices.${host}/a%20b?`),
    })
    await stub.close()
  })
})

describe('s3 answers', () => {
  const xml = (body: string): StubAnswer => ({ text: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` })
  const answering = async (answer: StubAnswer, input: object, action = 'listObjects') => {
    const stub = await startStubServer(({ url }) =>
      url.includes('continuation-token')
        ? xml(
            '<ListBucketResult><Contents><Key>b</Key><Size>1</Size><LastModified>2026-04-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>',
          )
        : answer,
    )
    try {
      return await run(action, input, { auth: authAt(stub.url) })
    } finally {
      await stub.close()
    }
  }

  it('are read over pages, entities and all', async () => {
    const page = xml(
      '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>n&#43;1</NextContinuationToken><Contents><Key>R&amp;D &lt;1&gt;</Key><ETag>&quot;e1&quot;</ETag><Size>3</Size><LastModified>2026-04-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>',
    )
    const all = { objects: [{ key: 'R&D <1>', etag: 'e1' }, { key: 'b' }], next: null }
    expect(await answering(page, {})).toMatchObject(all)
    expect(await answering(page, { limit: 1 })).toMatchObject({ objects: [{ key: 'R&D <1>' }], next: 'n+1' })
    expect(await answering(page, { next: 'n+1' })).toMatchObject({ objects: [{ key: 'b' }], next: null })
  })

  it('do not bring entities of their own', async () => {
    const page = xml(
      '<!DOCTYPE a [<!ENTITY x "boom">]><ListBucketResult><IsTruncated>&x;</IsTruncated></ListBucketResult>',
    )
    await expect(answering(page, {})).rejects.toMatchObject({ kind: 'communication' })
  })

  it.each([
    [403, 'AccessDenied', 'authorization'],
    [403, 'SignatureDoesNotMatch', 'authentication'],
    [400, 'ExpiredToken', 'authentication'],
    [404, 'NoSuchBucket', 'rejected'],
    [503, 'SlowDown', 'rate_limited'],
    [500, 'InternalError', 'communication'],
  ])('of status %i and code %s are %s', async (status, code, kind) => {
    const answer = { ...xml(`<Error><Code>${code}</Code><Message>Said so</Message></Error>`), status }
    await expect(answering(answer, {})).rejects.toMatchObject({ kind, detail: expect.stringContaining('Said so') })
  })

  it('of a copy that failed half-way are errors in spite of status 200', async () => {
    const answer = xml('<Error><Code>InternalError</Code></Error>')
    const copy = answering(answer, { key: 'a', toKey: 'b' }, 'copyObject')
    await expect(copy).rejects.toMatchObject({ kind: 'communication', data: { code: 'InternalError' } })
  })
})

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: {
    'getObject:html': 'an object may be a web page',
    'getObject:malformed': 'an object may be any text',
  },
})
