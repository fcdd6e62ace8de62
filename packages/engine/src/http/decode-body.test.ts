import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeBody, decodeText } from './decode-body.js'

const text = '{"grüße":1}'
const plain = Buffer.from(text)
const decode = async (headers: Record<string, string>, body: Buffer, maxBytes = 1000) =>
  decodeText(await decodeBody({ status: 200, headers, body }, maxBytes), headers['content-type'])

describe('a body', () => {
  it.each<[string, Buffer]>([
    ['gzip', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
    ['identity', plain],
  ])('encoded with %s is decoded', async (encoding, body) => {
    expect(await decode({ 'content-encoding': encoding }, body)).toBe(text)
  })

  it('of no bytes is empty, as answers to HEAD are', async () => {
    expect(await decode({ 'content-encoding': 'gzip' }, Buffer.alloc(0))).toBe('')
  })

  it('is read in the charset that it names, without a byte order mark', async () => {
    expect(
      await decode({ 'content-type': 'text/plain; charset=ISO-8859-1' }, Buffer.from('Gr\xfc\xdfe', 'latin1')),
    ).toBe('Grüße')
    expect(await decode({ 'content-type': 'text/plain; charset=klingon' }, plain)).toBe(text)
    expect(await decode({}, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain]))).toBe(text)
  })

  it.each<[string, Buffer, string]>([
    ['gzip', gzipSync(Buffer.alloc(100_000)), 'limit'],
    ['br', brotliCompressSync(Buffer.alloc(100_000)), 'limit'],
    ['gzip', plain, 'communication'],
    ['gzip', gzipSync(plain).subarray(0, 15), 'communication'],
    ['gzip,gzip,gzip', plain, 'communication'],
  ])('that says %s is refused when it cannot be', async (encoding, body, kind) => {
    await expect(decode({ 'content-encoding': encoding }, body)).rejects.toMatchObject({ kind })
  })
})
