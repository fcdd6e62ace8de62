import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { BugError } from '../contracts/errors.js'
import type { BlobStore } from '../ports/blob-store.js'

/** A blob store in a folder: for one machine. @param folder is made when it is not there */
export function createFileBlobStore({ folder }: { readonly folder: string }): BlobStore {
  const root = resolve(folder)
  const pathOf = (key: string): string => {
    // Encoded, a part can be neither `..` nor hold a separator.
    const parts = key.split('/').map((part) => (part === '.' || part === '..' ? `%${part}` : encodeURIComponent(part)))
    const path = join(root, ...parts)
    if (relative(root, path).startsWith('..')) throw new BugError(`The blob key "${key}" leads out of the store.`)
    return path
  }
  return {
    put: async (key, bytes) => {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true })
      // Written beside and renamed, so that nobody ever reads half of it.
      const draft = `${path}.${randomUUID()}`
      const file = await open(draft, 'w', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, path)
    },
    get: async (key) => {
      try {
        return await readFile(pathOf(key))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
    deletePrefix: async (prefix) => {
      await rm(pathOf(prefix.replace(/\/$/, '')), { recursive: true, force: true })
    },
  }
}
