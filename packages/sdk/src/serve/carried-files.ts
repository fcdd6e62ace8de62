import { type FileStore, StepError } from '@inlay/engine'

/** A file that an action made: it travels with the answer. */
export interface WrittenFile {
  readonly id: string
  readonly name: string
  readonly contentType: string
  /** Base64. */
  readonly bytes: string
}

/** Files that came with a call, and those that go back with its answer. */
export interface CarriedFiles extends FileStore {
  written(): readonly WrittenFile[]
}

/** @param carried Base64 by the id of the file */
export function createCarriedFiles(carried: Readonly<Record<string, string>>): CarriedFiles {
  const written: WrittenFile[] = []
  return {
    written: () => written,
    read: async ({ $file, name }) => {
      const bytes = Object.hasOwn(carried, $file) ? carried[$file] : undefined
      if (bytes !== undefined) return Buffer.from(bytes, 'base64')
      throw new StepError('validation', `The file "${name}" did not come with the call`)
    },
    write: async ({ name, contentType, bytes }) => {
      const id = `new_${written.length + 1}`
      written.push({ id, name, contentType, bytes: Buffer.from(bytes).toString('base64') })
      return { $file: id, name, contentType, size: bytes.length }
    },
  }
}
