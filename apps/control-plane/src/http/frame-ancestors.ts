import type { TenantId } from '@inlay/engine'
import type { TenancyService } from '@inlay/platform/tenancy'
import type { OriginCheck } from './allowed-origins.js'

export interface FrameRules {
  readonly tenancy: TenancyService
  readonly isAllowed: OriginCheck
}

/** What a request for the embed page says of where it will be shown. */
export interface FrameRequest {
  /** From `?tenant=`. */
  readonly tenantId?: string | undefined
  readonly referer?: string | undefined
}

/**
 * Which pages may frame the embed page, as the value of `frame-ancestors`: those of the tenant that the address names,
 * else the page that the browser says it comes from, if any tenant lists it. The browser holds the real ancestors against
 * the list, so a false referrer gains nothing; and no answer lists origins of several tenants.
 */
export async function frameAncestors(
  { tenantId, referer }: FrameRequest,
  { tenancy, isAllowed }: FrameRules,
): Promise<string> {
  if (tenantId !== undefined && tenantId !== '') {
    // Whether such a tenant exists is checked by asking for it.
    const tenant = await tenancy.getTenant({ tenantId: tenantId as TenantId }).catch(() => undefined)
    return ["'self'", ...(tenant?.allowedOrigins ?? [])].join(' ')
  }
  const framing = referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined
  return framing !== undefined && (await isAllowed(framing)) ? `'self' ${framing}` : "'self'"
}
