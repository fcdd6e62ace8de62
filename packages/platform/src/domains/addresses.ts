import type { TenantId } from '@inlay/engine'
import type { Logger } from '../telemetry/index.js'
import { isPrivateHost } from './domain-name.js'
import type { DomainInUse, DomainStore } from './store.js'

/** A domain at which a request has come in. */
export interface ServedDomain {
  readonly tenantId: TenantId
  readonly name: string
  /** Its origin, without a slash at its end. */
  readonly origin: string
}

/** Whose the host of a request is. */
export type HostOwner =
  | { readonly kind: 'operator' }
  | { readonly kind: 'tenant'; readonly domain: ServedDomain }
  | { readonly kind: 'unknown' }

/** The addresses under which the control plane is reached: the operator's, and those of tenants' domains that are in use. */
export interface Addresses {
  /** The operator's own origin. */
  readonly baseUrl: string
  /** The origin that links of a tenant are made with: its own domain's before the operator's. */
  baseOf(tenantId: TenantId): string
  /** All origins of a tenant, the operator's among them. */
  basesOf(tenantId: TenantId): readonly string[]
  /** The origin that a host has here, by its name. */
  originOf(name: string): string
  /** Whose a host is. @param host as the header of that name has it */
  ownerOf(host: string | undefined): HostOwner
  /** Reads again which domains are in use. Rejects when the database does; what was known before stands then. */
  refresh(): Promise<void>
  /** Ends reading it again by itself. */
  close(): Promise<void>
}

/** What addresses are known with. */
export interface AddressesDeps {
  readonly store: Pick<DomainStore, 'inUse'>
  readonly baseUrl: string
  /** Further names of the operator's. */
  readonly operatorHosts: readonly string[]
  readonly log: Logger
  /** Milliseconds after which changes of other processes are seen at the latest. @default 15_000 */
  readonly refreshMs?: number
}

const REFRESH_MS = 15_000

/** Keeps in memory whose names are whose, so that neither requests nor links wait for the database. */
export async function openAddresses(deps: AddressesDeps): Promise<Addresses> {
  const { baseUrl, store, log, refreshMs = REFRESH_MS } = deps
  const operatorHosts = new Set([new URL(baseUrl).hostname, ...deps.operatorHosts])
  const originOf = originsLike(baseUrl)
  let known = indexed([], originOf)
  let reading: Promise<void> = Promise.resolve()
  const refresh = (): Promise<void> => {
    // One after the other: an older answer must not replace a newer one.
    reading = reading
      .catch(() => undefined)
      .then(async () => {
        known = indexed(await store.inUse(), originOf)
      })
    return reading
  }
  await refresh()
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.warn({ error }, 'Domains could not be read; what was known stands.'))
  }, refreshMs).unref()
  return {
    baseUrl,
    baseOf: (tenantId) => known.byTenant.get(tenantId)?.[0] ?? baseUrl,
    basesOf: (tenantId) => [...(known.byTenant.get(tenantId) ?? []), baseUrl],
    originOf,
    ownerOf: (host) => {
      const name = hostName(host)
      const domain = known.byName.get(name)
      if (domain !== undefined) return { kind: 'tenant', domain }
      return operatorHosts.has(name) || isPrivateHost(name) ? { kind: 'operator' } : { kind: 'unknown' }
    },
    refresh,
    close: async () => {
      clearInterval(timer)
      await reading.catch(() => undefined)
    },
  }
}

/** Tenants' domains are reached as the operator's address is: with its scheme, and at its port. */
function originsLike(baseUrl: string): (name: string) => string {
  const { protocol, port } = new URL(baseUrl)
  return (name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`
}

function indexed(domains: readonly DomainInUse[], originOf: (name: string) => string) {
  const byName = new Map<string, ServedDomain>()
  const byTenant = new Map<TenantId, string[]>()
  for (const { tenantId, name } of domains) {
    const origin = originOf(name)
    byName.set(name, { tenantId, name, origin })
    byTenant.set(tenantId, [...(byTenant.get(tenantId) ?? []), origin])
  }
  return { byName, byTenant }
}

/** Without port and final dot, in lower case; empty for what is no host. */
function hostName(host = ''): string {
  return host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
}
