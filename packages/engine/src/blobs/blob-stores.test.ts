import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobStore } from '../ports/blob-store.js'
import { createS3BlobStore } from '../s3/index.js'
import { createFileBlobStore } from './index.js'

const folder = mkdtempSync(join(tmpdir(), 'inlay-blobs-'))
const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: join(folder, 's3') })
let client: S3Client

beforeAll(async () => {
  // s3rver answers what Node's own listen callback gives; its types say less.
  const { port } = (await server.run()) as AddressInfo
  client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  })
  await client.send(new CreateBucketCommand({ Bucket: 'blobs' }))
})

afterAll(async () => {
  client.destroy()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const STORES: readonly [string, () => BlobStore][] = [
  ['in a folder', () => createFileBlobStore({ folder: join(folder, 'files') })],
  ['in a bucket', () => createS3BlobStore({ client, bucket: 'blobs', prefix: 'inlay/' })],
]

describe.each(STORES)('a blob store %s', (_, open) => {
  it('gives back the bytes that were put, and nothing for a key it does not have', async () => {
    const store = open()
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251)
    await store.put('ten_1/cus_1/run_1/a b/0', bytes)
    await store.put('ten_1/cus_1/run_1/a b/0', bytes)
    expect(Buffer.from((await store.get('ten_1/cus_1/run_1/a b/0')) ?? [])).toEqual(Buffer.from(bytes))
    expect(await store.get('ten_1/cus_1/run_1/none')).toBeUndefined()
  })

  it('erases what one customer has, and leaves the others alone', async () => {
    const store = open()
    for (const key of ['ten_2/cus_1/x', 'ten_2/cus_1/deep/y', 'ten_2/cus_10/x']) await store.put(key, Buffer.from(key))
    await store.deletePrefix('ten_2/cus_1/')
    expect(await store.get('ten_2/cus_1/x')).toBeUndefined()
    expect(await store.get('ten_2/cus_1/deep/y')).toBeUndefined()
    expect(Buffer.from((await store.get('ten_2/cus_10/x')) ?? []).toString()).toBe('ten_2/cus_10/x')
    await store.deletePrefix('ten_2/nobody/')
  })
})

describe('the blob store in a folder', () => {
  it('keeps keys inside its folder, whatever they are', async () => {
    const store = createFileBlobStore({ folder: join(folder, 'closed') })
    for (const key of ['../../escaped', 'a/../../../escaped', '/escaped', 'a\\..\\escaped', 'nul\0']) {
      await store.put(key, Buffer.from(key)).catch(() => undefined)
    }
    expect(readdirSync(folder).sort()).toEqual(['closed', 'files', 's3'])
  })
})
