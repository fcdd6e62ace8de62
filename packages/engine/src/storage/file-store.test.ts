import { describe, expect, it } from 'vitest'
import type { CustomerId, TenantId } from '../contracts/ids.js'
import type { BlobStore } from '../ports/blob-store.js'
import { createFileStore, uploadKey, uploadPrefix } from './file-store.js'

const scope = { tenantId: 'ten_1' as TenantId, customerId: 'cus_1' as CustomerId }

function memoryBlobs(): BlobStore & { readonly keys: () => string[] } {
  const blobs = new Map<string, Uint8Array>()
  return {
    keys: () => [...blobs.keys()],
    put: async (key, bytes) => void blobs.set(key, bytes),
    get: async (key) => blobs.get(key),
    deletePrefix: async () => {},
  }
}

const PDF = { name: 'invoice.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF') }

describe('the files of a customer', () => {
  it('come back byte for byte by their reference, which names nothing but the content', async () => {
    const blobs = memoryBlobs()
    const files = createFileStore({ blobs, scope })
    const file = await files.write(PDF)
    expect(file).toEqual({
      $file: expect.stringMatching(/^file_[0-9a-f]{64}$/),
      name: 'invoice.pdf',
      contentType: 'application/pdf',
      size: 4,
    })
    expect(Buffer.from(await files.read(file)).toString()).toBe('%PDF')
    expect((await files.write({ ...PDF, name: 'copy.pdf' })).$file).toBe(file.$file)
    expect(blobs.keys()).toEqual([`ten_1/cus_1/files/${file.$file}`])
  })

  it('cannot be read by another customer, or by a reference that leads elsewhere', async () => {
    const blobs = memoryBlobs()
    const file = await createFileStore({ blobs, scope }).write(PDF)
    await blobs.put('ten_1/cus_2/secret', Buffer.from('x'))
    const others = [
      { ...scope, customerId: 'cus_2' as CustomerId },
      { ...scope, tenantId: 'ten_2' as TenantId },
    ]
    for (const other of others) {
      await expect(createFileStore({ blobs, scope: other }).read(file)).rejects.toMatchObject({ kind: 'validation' })
    }
    const own = createFileStore({ blobs, scope: { ...scope, customerId: 'cus_2' as CustomerId } })
    for (const $file of ['../../cus_1/files/x', `../../cus_1/files/${file.$file}`, '../secret', '', `${file.$file}/`]) {
      await expect(own.read({ ...file, $file })).rejects.toMatchObject({ kind: 'validation' })
    }
  })

  it('include what people have uploaded, which is kept apart and is of one customer too', async () => {
    const blobs = memoryBlobs()
    const $file = `file_${'0a'.repeat(16)}`
    const file = { $file, name: 'logo.png', contentType: 'image/png', size: 3 }
    await blobs.put(uploadKey(scope, $file), Buffer.from('png'))
    expect(blobs.keys()).toEqual([`ten_1/cus_1/uploads/${$file}/content`])
    expect(Buffer.from(await createFileStore({ blobs, scope }).read(file)).toString()).toBe('png')
    const other = createFileStore({ blobs, scope: { ...scope, customerId: 'cus_2' as CustomerId } })
    await expect(other.read(file)).rejects.toMatchObject({
      kind: 'validation',
      message: 'There is no file "logo.png"',
    })
    expect(() => uploadPrefix(scope, '../../cus_2')).toThrow('is not the id of an upload')
  })

  it('have a bound, and what is no file is said to be none', async () => {
    const files = createFileStore({ blobs: memoryBlobs(), scope, maxFileBytes: 3 })
    await expect(files.write(PDF)).rejects.toMatchObject({
      kind: 'limit',
      message: 'The file "invoice.pdf" is too large',
    })
    await expect(files.write({ ...PDF, bytes: 'text' as never })).rejects.toMatchObject({ kind: 'validation' })
    await expect(files.write({ ...PDF, name: '', bytes: Buffer.alloc(1) })).rejects.toMatchObject({
      kind: 'validation',
    })
    for (const file of [undefined, 'a', {}, { $file: 'x' }]) {
      await expect(files.read(file as never)).rejects.toMatchObject({
        kind: 'validation',
        message: 'This is not a file',
      })
    }
  })

  it('are refused with a reason where nothing keeps them', async () => {
    const files = createFileStore({ blobs: undefined, scope })
    const missing = { kind: 'validation', message: 'This deployment keeps no files' }
    await expect(files.write(PDF)).rejects.toMatchObject(missing)
    await expect(files.read({ $file: 'file_x', name: 'a', contentType: 'b', size: 1 })).rejects.toMatchObject(missing)
  })
})
