import { setMaxListeners } from 'node:events'
import type { HttpClient } from '@inlay/engine'
import type { AuditLog } from '../audit/index.js'
import type { Database } from '../database/index.js'
import type { Leader } from '../runs/index.js'
import { type Loop, startLoop } from '../runs/loop.js'
import type { Logger } from '../telemetry/index.js'
import type { Vault } from '../vault/index.js'
import { claimDueDeliveries, type DeliveryClaim, sweepWebhooks } from './claims.js'
import { WebhookDeliveryStore } from './delivery-store.js'
import { EndpointSecrets } from './endpoint-secrets.js'
import { WebhookEndpointStore } from './endpoint-store.js'
import type { WebhookMetrics } from './metrics.js'
import { type SenderDeps, sendDelivery } from './sender.js'

const PAUSE_MS = 500
/** While more is due than there is room for. */
const BUSY_PAUSE_MS = 50
const CONCURRENCY = 40
const PER_ENDPOINT = 8
/** A request takes 15 seconds at most; the rest is for the database. */
const LEASE_MS = 60_000
const STOP_GRACE_MS = 5000
const SWEEP_MS = 60_000
const KEPT_MS = 30 * 86_400_000
const PAGE = 5000

/** What delivering needs. */
export interface WebhookDeliveryDeps {
  readonly database: Database
  readonly vault: Vault
  readonly audit: AuditLog
  /** The safe door. */
  readonly http: HttpClient
  readonly metrics: WebhookMetrics
  readonly log: Logger
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number
}

/** Sends what is due. */
export interface WebhookDeliverer {
  /** Takes what is due, as far as there is room, and begins to send it. @returns how many it took */
  take(): Promise<number>
  /** Whether all places are taken. */
  readonly isFull: boolean
  /** Resolves once nothing is under way. */
  idle(): Promise<void>
  /** Lets what is under way end, for 5 seconds; what is cut short then is sent again when its claim is over. */
  close(): Promise<void>
}

/** Sends in this process, beside any number of others. */
export function createWebhookDeliverer(deps: WebhookDeliveryDeps): WebhookDeliverer {
  const { database, vault, random = Math.random } = deps
  const stopping = new AbortController()
  // Each request under way listens; Node.js would take more than ten for a leak.
  setMaxListeners(CONCURRENCY, stopping.signal)
  const sending: SenderDeps = {
    ...deps,
    endpoints: new WebhookEndpointStore(database),
    deliveries: new WebhookDeliveryStore(database),
    secrets: new EndpointSecrets(vault),
    random,
    signal: stopping.signal,
  }
  const underWay = new Map<DeliveryClaim, Promise<void>>()
  const idle = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay.values())
  }
  return {
    idle,
    get isFull() {
      return underWay.size >= CONCURRENCY
    },
    take: async () => {
      if (stopping.signal.aborted) return 0
      const claims = await claimDueDeliveries(database.engine, {
        limit: CONCURRENCY - underWay.size,
        perEndpoint: PER_ENDPOINT,
        underWay: countByEndpoint(underWay.keys()),
        leaseMs: LEASE_MS,
      })
      for (const claim of claims) {
        const sent = sendDelivery(sending, claim).finally(() => underWay.delete(claim))
        underWay.set(claim, sent)
      }
      return claims.length
    },
    close: async () => {
      // What has been received but not noted would be sent a second time.
      const timer = setTimeout(() => stopping.abort(), STOP_GRACE_MS)
      await idle()
      clearTimeout(timer)
      stopping.abort()
    },
  }
}

/** Sends webhooks from now on; one process of the deployment also removes what is old. */
export function startWebhookDeliveries(deps: WebhookDeliveryDeps & { readonly leader: Leader }): Loop {
  const { database, leader, log } = deps
  const deliverer = createWebhookDeliverer(deps)
  let isBusy = false
  const sending = startLoop(
    () => (isBusy ? BUSY_PAUSE_MS : PAUSE_MS),
    async () => {
      try {
        await deliverer.take()
        isBusy = deliverer.isFull
      } catch (error) {
        isBusy = false
        log.warn({ error }, 'Webhooks that are due could not be taken; the next attempt follows.')
      }
    },
  )
  const sweeping = startLoop(SWEEP_MS, async () => {
    try {
      if (!(await leader.isLeader())) return
      const before = `whd_${(Date.now() - KEPT_MS).toString(16).padStart(12, '0')}`
      await sweepWebhooks(database.engine, { before, page: PAGE })
    } catch (error) {
      log.warn({ error }, 'Old deliveries of webhooks were not swept; the next time follows.')
    }
  })
  return {
    stop: async () => {
      await Promise.all([sending.stop(), sweeping.stop()])
      await deliverer.close()
    },
  }
}

function countByEndpoint(claims: Iterable<DeliveryClaim>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { endpointId } of claims) counts.set(endpointId, (counts.get(endpointId) ?? 0) + 1)
  return counts
}
