import type { Engine, TenantId } from '@inlay/engine'
import type { AuditLog } from '../../audit/index.js'
import type { Database } from '../../database/index.js'
import { type Loop, startLoop } from '../../runs/loop.js'
import type { Logger } from '../../telemetry/index.js'
import type { Vault } from '../../vault/index.js'
import { claimDueTriggers, type TriggerClaim, takeUpRemovals } from './claims.js'
import type { TriggerMetrics } from './metrics.js'
import { TriggerSecrets } from './secrets.js'
import { ConnectorTriggerStore } from './store.js'
import { TriggerCode, type TriggerCodeDeps } from './trigger-code.js'
import { TriggerWorker } from './worker.js'

const PAUSE_MS = 1000
/** While more is due than there is room for. */
const BUSY_PAUSE_MS = 100
const DEFAULT_POLL_TIMEOUT_MS = 60_000
/** What the starting of a poll's runs may take, with much to spare. */
const LEASE_MARGIN_MS = 120_000
const DEFAULT_CONCURRENCY = 20
/** How long calls that were told to end are waited for. */
const STOP_GRACE_MS = 5000

/** What working on the triggers of connectors needs. */
export interface ConnectorTriggerDeps extends TriggerCodeDeps {
  readonly database: Database
  readonly engine: Pick<Engine, 'start'>
  readonly vault: Vault
  readonly audit: AuditLog
  readonly metrics: TriggerMetrics
  /** The operator's own origin. */
  readonly baseUrl: string
  /** The origin under which services reach the control plane for a tenant. */
  readonly baseOf: (tenantId: TenantId) => string
  readonly log: Logger
  /** Triggers under way at once in this process. @default 20 */
  readonly concurrency?: number
  /** Milliseconds that the code of one poll may take. @default 60_000 */
  readonly pollTimeoutMs?: number
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number
}

/** Works on what is due. */
export interface ConnectorTriggerRunner {
  /** Takes what is due, as far as there is room, and begins to work on it. @returns how many it took */
  take(): Promise<number>
  /** Whether all places are taken. */
  readonly isFull: boolean
  /** Resolves once nothing is under way. */
  idle(): Promise<void>
  /** Cuts short what is under way; its triggers are free for others at once. */
  close(): Promise<void>
}

/** Polls, registers and renews in this process, beside any number of others. */
export function createConnectorTriggerRunner(deps: ConnectorTriggerDeps): ConnectorTriggerRunner {
  const { database, concurrency = DEFAULT_CONCURRENCY, random = Math.random } = deps
  const { pollTimeoutMs = DEFAULT_POLL_TIMEOUT_MS } = deps
  const stopping = new AbortController()
  const store = new ConnectorTriggerStore(database)
  const code = new TriggerCode(deps)
  const secrets = new TriggerSecrets(deps)
  const worker = new TriggerWorker({ ...deps, store, code, secrets, random, pollTimeoutMs, signal: stopping.signal })
  const underWay = new Map<TriggerClaim, Promise<void>>()
  const begin = (claim: TriggerClaim): void => {
    underWay.set(
      claim,
      worker.work(claim).finally(() => underWay.delete(claim)),
    )
  }
  const idle = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay.values())
  }
  return {
    idle,
    get isFull() {
      return underWay.size >= concurrency
    },
    take: async () => {
      const limit = concurrency - underWay.size
      if (limit <= 0 || stopping.signal.aborted) return 0
      await takeUpRemovals(database.engine)
      const claims = await claimDueTriggers(database.engine, {
        limit,
        // Half of the places stay free for others, however slow one tenant's services are.
        perTenant: Math.ceil(concurrency / 2),
        underWay: countByTenant(underWay.keys()),
        leaseMs: pollTimeoutMs + LEASE_MARGIN_MS,
      })
      for (const claim of claims) begin(claim)
      return claims.length
    },
    close: async () => {
      stopping.abort()
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, STOP_GRACE_MS)
      })
      await Promise.race([idle(), late])
      clearTimeout(timer)
    },
  }
}

/** Works on connector triggers from now on. */
export function startConnectorTriggers(deps: ConnectorTriggerDeps): Loop {
  const runner = createConnectorTriggerRunner(deps)
  let isBusy = false
  const pauseMs = (): number => (isBusy ? BUSY_PAUSE_MS : PAUSE_MS)
  const loop = startLoop(pauseMs, async () => {
    try {
      await runner.take()
      isBusy = runner.isFull
    } catch (error) {
      isBusy = false
      deps.log.warn({ error }, 'Triggers that are due could not be taken; the next attempt follows.')
    }
  })
  return {
    stop: async () => {
      await loop.stop()
      await runner.close()
    },
  }
}

function countByTenant(claims: Iterable<TriggerClaim>): Map<TenantId, number> {
  const counts = new Map<TenantId, number>()
  for (const { tenantId } of claims) counts.set(tenantId, (counts.get(tenantId) ?? 0) + 1)
  return counts
}
