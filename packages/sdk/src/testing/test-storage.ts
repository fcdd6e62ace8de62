import { type ConnectorStores, type FileStore, type JsonValue, type KeyValueStore, StepError } from '@inlay/engine'

const MAX_KEY_LENGTH = 200
const MAX_VALUE_BYTES = 65_536

/** Stores in memory, as a connector would find them: with the same bounds on keys and values. */
export function createTestStores(): ConnectorStores {
  return { customer: memoryStore(), workflow: memoryStore() }
}

/** Files in memory, as a connector would find them. */
export function createTestFiles(): FileStore {
  const files = new Map<string, Uint8Array>()
  return {
    write: async ({ name, contentType, bytes }) => {
      const id = `file_${files.size + 1}`
      files.set(id, Uint8Array.from(bytes))
      return { $file: id, name, contentType, size: bytes.length }
    },
    read: async ({ $file, name }) => {
      const bytes = files.get($file)
      if (bytes === undefined) throw new StepError('validation', `There is no file "${name}"`)
      return bytes
    },
  }
}

function memoryStore(): KeyValueStore {
  const values = new Map<string, { readonly json: string; readonly until: number }>()
  return {
    get: async (key) => {
      const kept = values.get(key)
      // What was stringified from a JSON value parses to one.
      return kept === undefined || kept.until <= Date.now() ? undefined : (JSON.parse(kept.json) as JsonValue)
    },
    set: async (key, value, { ttlMs = Number.POSITIVE_INFINITY } = {}) => {
      const json = JSON.stringify(value)
      if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
        throw new StepError('limit', `A key has 1 to ${MAX_KEY_LENGTH} characters, not ${key.length}`)
      }
      if (Buffer.byteLength(json) > MAX_VALUE_BYTES) {
        throw new StepError('limit', `The value of "${key}" has more than ${MAX_VALUE_BYTES} bytes`)
      }
      values.set(key, { json, until: Date.now() + ttlMs })
    },
    delete: async (key) => void values.delete(key),
  }
}
