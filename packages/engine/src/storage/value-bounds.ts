import { StepError } from '../contracts/errors.js'
import { toPlainJson } from '../contracts/plain-json.js'
import { STORAGE_LIMITS } from '../ports/connector-storage.js'

/** The furthest that a value may expire in the future: some 285 years. */
const MAX_TTL_MS = Number.MAX_SAFE_INTEGER / 1000

/** Control characters and halves of characters, which not every store can tell apart. */
const UNKEEPABLE = /[\p{Cc}\p{Cs}]/u

/** @throws StepError `validation` for what is no text or holds control characters, `limit` for a key that is empty or too long */
export function assertKey(key: unknown): asserts key is string {
  if (typeof key !== 'string') throw new StepError('validation', `A key of the store is a text, not a ${typeof key}`)
  const { maxKeyLength } = STORAGE_LIMITS
  if (key.length < 1 || key.length > maxKeyLength) {
    throw new StepError('limit', `A key of the store has 1 to ${maxKeyLength} characters, not ${key.length}`)
  }
  if (UNKEEPABLE.test(key)) throw new StepError('validation', 'A key of the store holds no control characters')
}

/** A value as JSON text. @throws StepError `limit` when it is too large, `bug` when it is not data */
export function toValueText(key: string, value: unknown): string {
  const { maxValueBytes } = STORAGE_LIMITS
  const text = JSON.stringify(toPlainJson(value, { maxBytes: maxValueBytes, name: `value of "${key}"` }))
  if (Buffer.byteLength(text) <= maxValueBytes) return text
  throw new StepError('limit', `The value of "${key}" is too large`, {
    detail: `The store keeps at most ${maxValueBytes} bytes of JSON for a key.`,
  })
}

/** Milliseconds, or undefined for values that stay. @throws StepError `validation` for what is no span of time */
export function checkedTtl(ttlMs: unknown): number | undefined {
  if (ttlMs === undefined) return undefined
  if (typeof ttlMs === 'number' && ttlMs > 0) return Math.min(ttlMs, MAX_TTL_MS)
  throw new StepError('validation', `"ttlMs" is a number of milliseconds above 0, not ${String(ttlMs)}`)
}

/** What is said when a store is full. */
export function tooManyKeys(maxKeys: number): StepError {
  return new StepError('limit', 'The store has too many keys', {
    detail: `A connector keeps at most ${maxKeys} keys for a customer or a workflow. Delete some, or give them an end with "ttlMs".`,
  })
}
