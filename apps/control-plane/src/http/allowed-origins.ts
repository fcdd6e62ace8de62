import type { TenancyService } from '@inlay/platform/tenancy'

const KEEP_MS = 10_000
const MAX_KEPT = 1000

/** Whether any tenant allows an origin; each answer is kept for ten seconds. */
export type OriginCheck = (origin: string) => Promise<boolean>

export function createOriginCheck(tenancy: TenancyService): OriginCheck {
  const kept = new Map<string, { readonly answer: Promise<boolean>; readonly until: number }>()
  return (origin) => {
    const known = kept.get(origin)
    if (known !== undefined && known.until > Date.now()) return known.answer
    const answer = tenancy.isAllowedOrigin(origin)
    // A failed look-up is not kept: the next request asks again.
    answer.catch(() => kept.delete(origin))
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(origin, { answer, until: Date.now() + KEEP_MS })
    return answer
  }
}
