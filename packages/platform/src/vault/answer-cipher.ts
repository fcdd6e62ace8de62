import { hkdfSync } from 'node:crypto'
import type { TenantId } from '@inlay/engine'
import type { MasterKeys } from '../config/index.js'
import { KEY_BYTES, seal, unseal } from './cipher.js'

const PURPOSE = 'inlay kept answers 1'

/** Seals answers that are kept for a day to be given again: some hold a new API key or a private key. */
export interface AnswerCipher {
  seal(tenantId: TenantId, place: string, text: string): string
  /** Undefined when the master key of then is not configured any more, or something was changed. */
  open(tenantId: TenantId, place: string, sealed: string): string | undefined
}

/** With keys that are derived from the master keys: no data key is asked for, and no read of a customer's secret recorded. */
export function createAnswerCipher({ current, keys }: MasterKeys): AnswerCipher {
  const derived = new Map(
    [...keys].map(([id, key]) => [id, Buffer.from(hkdfSync('sha256', key, '', PURPOSE, KEY_BYTES))]),
  )
  const inUse = derived.get(current)
  if (inUse === undefined) throw new RangeError('The current master key is not among the master keys.')
  return {
    seal: (tenantId, place, text) => seal(text, inUse, { tenantId, id: place }).toString('base64'),
    open: (tenantId, place, sealed) => {
      const bytes = Buffer.from(sealed, 'base64')
      for (const key of derived.values()) {
        const text = tryOpen(bytes, key, { tenantId, id: place })
        if (text !== undefined) return text
      }
      return undefined
    },
  }
}

function tryOpen(sealed: Buffer, key: Buffer, place: { tenantId: TenantId; id: string }): string | undefined {
  try {
    return unseal(sealed, key, place)
  } catch {
    // Another key has sealed it, or nobody of ours.
    return undefined
  }
}
