import type { Redis } from 'ioredis'
import { createAuditLog } from '../audit/index.js'
import type { Config } from '../config/index.js'
import type { Database } from '../database/index.js'
import type { Logger } from '../telemetry/index.js'
import { type Addresses, openAddresses } from './addresses.js'
import { createDnsLook } from './dns-look.js'
import { createDomainsService, type DomainsService } from './service.js'
import { DomainStore } from './store.js'

/** What domains are made of. */
export interface OpenDomainsDeps {
  readonly config: Pick<Config, 'baseUrl' | 'domains'>
  readonly database: Database
  /** Tells other processes of changes. */
  readonly redis: Redis
  /** Hears of those of others. @default nothing: they are seen seconds later */
  readonly subscriber?: Redis
  readonly log: Logger
}

const CHANNEL = 'inlay:domains-changed'

/** Tenants' domains, and the addresses that follow from them. */
export async function openDomains(
  deps: OpenDomainsDeps,
): Promise<{ readonly domains: DomainsService; readonly addresses: Addresses }> {
  const { database, redis, subscriber, log } = deps
  const { baseUrl } = deps.config
  const { target, challengeLabel, otherHosts, dnsServers } = deps.config.domains
  const store = new DomainStore(database)
  const operatorHosts = [target, ...otherHosts]
  const addresses = await openAddresses({ store, baseUrl, operatorHosts, log })
  const domains = createDomainsService({
    ...{ store, addresses, target, challengeLabel, audit: createAuditLog(database), look: createDnsLook(dnsServers) },
    operatorHosts: [new URL(baseUrl).hostname, ...operatorHosts],
    announce: async () => {
      await addresses.refresh()
      // Who does not hear of it reads it again seconds later.
      await redis.publish(CHANNEL, '').catch(() => undefined)
    },
  })
  subscriber?.on('message', (channel: string) => {
    if (channel === CHANNEL) addresses.refresh().catch(() => undefined)
  })
  await subscriber?.subscribe(CHANNEL)
  return { domains, addresses }
}
