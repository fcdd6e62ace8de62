import type { SecretPlace, SecretUse, Vault } from '../../vault/index.js'

const KEEP_MS = 60_000
const MAX_KEPT = 1000

/** What opening secrets needs of a vault. */
export type SecretOpener = Pick<Vault, 'open'>

/**
 * Keeps what a vault has opened for a minute, by what it was sealed as: a service that calls often would fill the audit
 * log with one record for each of its calls. Rows are read each time, so that what is changed or gone is not used.
 */
export function rememberOpened(vault: SecretOpener, nowMs: () => number = Date.now): SecretOpener {
  const kept = new Map<string, { readonly plain: Promise<string>; readonly until: number }>()
  return {
    open: (place: SecretPlace, sealed: Buffer, use?: SecretUse) => {
      const { tenantId, customerId = '', id } = place
      const key = [tenantId, customerId, id, sealed.toString('base64')].join('\n')
      const known = kept.get(key)
      if (known !== undefined && known.until > nowMs()) return known.plain
      const plain = vault.open(place, sealed, use)
      // Put at the end, so that the first is the oldest.
      kept.delete(key)
      kept.set(key, { plain, until: nowMs() + KEEP_MS })
      plain.catch(() => kept.delete(key))
      const [oldest] = kept.keys()
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
      return plain
    },
  }
}
