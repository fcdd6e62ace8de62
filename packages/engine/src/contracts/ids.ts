import { randomFillSync } from 'node:crypto'

declare const brand: unique symbol
type Branded<T, Name extends string> = T & { readonly [brand]: Name }

/** Names one tenant, `ten_…`. */
export type TenantId = Branded<string, 'TenantId'>
/** Names one customer of a tenant, `cus_…`. */
export type CustomerId = Branded<string, 'CustomerId'>
/** Names one workflow, `wf_…`. */
export type WorkflowId = Branded<string, 'WorkflowId'>
/** One immutable, published (or test) version of a workflow. */
export type VersionId = Branded<string, 'VersionId'>
/** Names one run, `run_…`. */
export type RunId = Branded<string, 'RunId'>
/** Names one connection, `conn_…`. */
export type ConnectionId = Branded<string, 'ConnectionId'>

/**
 * A new id: the prefix, `_`, and a UUIDv7 (RFC 9562 section 5.7) as 32 hexadecimal digits. Ids of one prefix sort by the time
 * they were made; the first 12 digits are Unix milliseconds. Those that a process makes one after the other in a millisecond
 * sort in that order too, up to 4,096 of them (section 6.2, method 1).
 *
 * @param prefix lower-case letters, for example `run`
 * @param nowMs the clock's Unix time in milliseconds
 * @param sequence the place among ids of the same millisecond, 0 to 4095. @default the next one of this process
 */
export function newId<Id extends string>(prefix: string, nowMs: number, sequence = nextSequence(nowMs)): Id {
  const bytes = takeRandom()
  const time = Math.trunc(nowMs).toString(16).padStart(12, '0')
  bytes[0] = 0x70 | (sequence >>> 8)
  bytes[1] = sequence & 0xff
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80
  return `${prefix}_${time}${bytes.toString('hex')}` as Id
}

const MAX_SEQUENCE = 0xfff
const nextSequence = createIdSequence()

/**
 * Counts ids that are made in the same millisecond, for `newId`: from 0 in each new one up to 4095, where it stays.
 *
 * @returns takes the Unix time in milliseconds of the next id
 */
export function createIdSequence(): (nowMs: number) => number {
  let lastMs = 0
  let last = 0
  return (nowMs) => {
    const ms = Math.trunc(nowMs)
    last = ms === lastMs ? Math.min(last + 1, MAX_SEQUENCE) : 0
    lastMs = ms
    return last
  }
}

const RANDOM_BYTES = 10
const POOL_BYTES = RANDOM_BYTES * 400
const pool = Buffer.alloc(POOL_BYTES)
let used = POOL_BYTES

/** Random bytes are drawn in bulk: one system call per id would cost more than the rest of a run's start. */
function takeRandom(): Buffer {
  if (used >= POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = pool.subarray(used, used + RANDOM_BYTES)
  used += RANDOM_BYTES
  return bytes
}
