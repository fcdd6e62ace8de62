import type { TenancyService } from '@inlay/platform/tenancy'

const KEEP_MS = 10_000
const MAX_KEPT = 1000

/** Whether any tenant lets pages of an origin show its widget. Which tenant's data a page gets is its token's matter. */
export type IsAllowedOrigin = (origin: string) => Promise<boolean>

/** Answers from memory for seconds: browsers ask with every call across origins. */
export function createAllowedOrigins(tenancy: TenancyService): IsAllowedOrigin {
  const kept = new Map<string, { allowed: boolean; until: number }>()
  return async (origin) => {
    const known = kept.get(origin)
    if (known !== undefined && known.until > Date.now()) return known.allowed
    const allowed = await tenancy.isAllowedOrigin(origin)
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(origin, { allowed, until: Date.now() + KEEP_MS })
    return allowed
  }
}
