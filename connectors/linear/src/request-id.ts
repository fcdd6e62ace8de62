import { createHash } from 'node:crypto'

/**
 * An id (UUID version 4 in its form) for what a step makes, the same in each attempt: Linear takes ids of its clients,
 * and makes nothing twice under one.
 */
export function requestId(idempotencyKey: string): string {
  const hex = createHash('sha256').update(idempotencyKey).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
