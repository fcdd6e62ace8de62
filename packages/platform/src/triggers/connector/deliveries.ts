import {
  type ConnectorWebhookTrigger,
  type Engine,
  type IncomingRequest,
  isInlayError,
  type JsonObject,
  type TriggerItem,
} from '@inlay/engine'
import { isBlocked, type TenantCatalogs } from '../../catalog/index.js'
import { type Database, isUnavailable } from '../../database/index.js'
import type { Logger } from '../../telemetry/index.js'
import type { Vault } from '../../vault/index.js'
import { hookNotFound } from '../errors.js'
import type { ConnectorHookTarget } from '../hook-targets.js'
import { type HookReply, toReply } from './answer.js'
import { explain, kindOf } from './backoff.js'
import { deliveryFailed, deliveryRefused } from './errors.js'
import { checkItem, describeRefused, requireItems, startItems } from './items.js'
import type { DeliveryOutcome, TriggerMetrics } from './metrics.js'
import { rememberOpened } from './opened-secrets.js'
import { TriggerSecrets, type WebhookAddress } from './secrets.js'
import { ConnectorTriggerStore } from './store.js'
import { type OpenedTrigger, TriggerCode, type TriggerCodeDeps } from './trigger-code.js'
import type { TriggerRow } from './trigger-row.js'

/** Milliseconds; services wait no longer either. */
export const DELIVERY_TIMEOUT_MS = 10_000

/** What taking deliveries needs. */
export interface DeliveryDeps extends TriggerCodeDeps {
  readonly database: Database
  readonly engine: Pick<Engine, 'start'>
  readonly vault: Vault
  readonly metrics: TriggerMetrics
  readonly log: Logger
  /** What tenants make of connectors: blocked ones are told nothing. */
  readonly catalogs: Pick<TenantCatalogs, 'of'>
  /** Milliseconds that a connector's code may take over one request. @default 10_000 */
  readonly deliveryTimeoutMs?: number
}

/** Takes what services send to the addresses of workflows' triggers. */
export interface WebhookDeliveries {
  /**
   * Resolves once the runs of all that happened are durable.
   *
   * @throws UserError `hook.not_found`, `hook.refused`; InlayError `hook.failed` when the service should send it again
   */
  deliver(target: ConnectorHookTarget, request: IncomingRequest): Promise<HookReply>
}

interface Delivering {
  readonly row: TriggerRow
  readonly opened: OpenedTrigger
  readonly trigger: ConnectorWebhookTrigger
  readonly request: IncomingRequest
  readonly address: WebhookAddress
  readonly registration: JsonObject
}

type Outcome =
  | { readonly kind: 'answered'; readonly reply: HookReply }
  | { readonly kind: 'refused' }
  | { readonly kind: 'items'; readonly items: readonly TriggerItem[]; readonly reply: HookReply | undefined }

/** Deliveries to triggers of kind `webhook`. */
export function createWebhookDeliveries(deps: DeliveryDeps): WebhookDeliveries {
  const { engine, metrics, log } = deps
  const store = new ConnectorTriggerStore(deps.database)
  const secrets = new TriggerSecrets({ ...deps, opener: rememberOpened(deps.vault) })
  const code = new TriggerCode(deps)
  /** What is blocked, or not there for the tenant any more, has no address: services learn nothing of why. */
  const openOffered = async (row: TriggerRow): Promise<OpenedTrigger> => {
    const why = await whyClosed(deps, row, () => code.open(row))
    if ('opened' in why) return why.opened
    await store.keepDetail(row, why.detail)
    throw hookNotFound()
  }
  const open = async (target: ConnectorHookTarget, request: IncomingRequest): Promise<Delivering> => {
    const row = await store.find(target, target.triggerId)
    const address = row === undefined || row.workflow_id === null ? undefined : await secrets.address(row)
    if (row === undefined || address === undefined) throw hookNotFound()
    const opened = await openOffered(row)
    const { trigger } = opened
    if (trigger.kind !== 'webhook') throw hookNotFound()
    // While the service is being told it may ask already; there is no registration yet.
    const registration = (await secrets.registration(row)) ?? {}
    return { row, opened, trigger, request, address, registration }
  }
  const accept = async ({ row, opened, trigger }: Delivering, items: readonly TriggerItem[]): Promise<number> => {
    const { tenant_id: tenantId, customer_id: customerId, workflow_id: workflowId, version_id: versionId, id } = row
    if (workflowId === null) throw hookNotFound()
    const target = { tenantId, customerId, workflowId, versionId, triggerId: id }
    const started = await startItems(
      engine,
      target,
      items.map((item) => checkItem(trigger, item)),
    )
    metrics.items(opened.connector.id, { started: started.started, refused: started.refused.length })
    await store.keepDetail(row, describeRefused(started))
    return started.started
  }
  return {
    deliver: (target, request) =>
      guardDelivery({ metrics, log, connector: target.connector, triggerId: target.triggerId }, async () => {
        const delivering = await open(target, request)
        const decided = await decide(code, delivering, deps.deliveryTimeoutMs)
        if (decided.kind === 'refused') throw deliveryRefused()
        if (decided.kind === 'answered') return { outcome: 'answered', reply: decided.reply }
        const accepted = await accept(delivering, decided.items)
        return { outcome: 'accepted', reply: decided.reply ?? { status: 200, body: { accepted } } }
      }),
  }
}

/** Whose delivery it is, for those who count and write down. */
export interface DeliveryWitness {
  readonly metrics: TriggerMetrics
  readonly log: Logger
  readonly connector: string
  readonly triggerId?: string
}

/**
 * Counts what becomes of a delivery, and lets nothing out that a connector threw.
 *
 * @throws UserError `hook.…` and what says that the database is away, as they are; InlayError `hook.failed` for all else
 */
export async function guardDelivery(
  { metrics, log, connector, triggerId }: DeliveryWitness,
  take: () => Promise<{ readonly outcome: DeliveryOutcome; readonly reply: HookReply }>,
): Promise<HookReply> {
  try {
    const { outcome, reply } = await take()
    metrics.delivered(connector, outcome)
    return reply
  } catch (error) {
    const isOurs = isInlayError(error) && error.code.startsWith('hook.')
    const isUnknown = isOurs && error.code === 'hook.not_found'
    metrics.delivered(connector, isUnknown ? 'unknown' : isOurs ? 'refused' : 'failed')
    if (isOurs || isUnavailable(error)) throw error
    // Not the error itself: what connectors throw may hold secrets.
    const why = isInlayError(error) ? error.message : 'unexpected'
    log.warn({ connector, triggerId, kind: kindOf(error), why }, 'A delivery of a service could not be taken.')
    throw deliveryFailed()
  }
}

type Offered = { readonly opened: OpenedTrigger } | { readonly detail: string }

async function whyClosed(
  { catalogs, log }: Pick<DeliveryDeps, 'catalogs' | 'log'>,
  { tenant_id: tenantId, connector, id: triggerId }: TriggerRow,
  open: () => Promise<OpenedTrigger>,
): Promise<Offered> {
  if (await isBlocked(catalogs, tenantId, connector)) {
    log.info({ connector, triggerId }, 'A delivery of a service was not taken: its connector is blocked.')
    return {
      detail: 'Whoever administers this product has blocked the connector: what its service sends starts nothing.',
    }
  }
  try {
    return { opened: await open() }
  } catch (error) {
    if (!isInlayError(error) || kindOf(error) !== 'validation') throw error
    log.info({ connector, triggerId, why: error.message }, 'A delivery of a service was not taken.')
    return { detail: explain(error) }
  }
}

/** All that a connector's code does about a request, in the time that it has for all of it. */
function decide(code: TriggerCode, delivering: Delivering, timeoutMs = DELIVERY_TIMEOUT_MS): Promise<Outcome> {
  const { row, opened, trigger, request, address, registration } = delivering
  const secrets = [address.token, address.secret, ...keptTexts(registration)]
  return code.deliver(row, opened, {
    timeoutMs,
    secrets,
    run: async (context, clean): Promise<Outcome> => {
      const delivery = { ...context, request, secret: address.secret, registration, now: Date.now() }
      const question = await trigger.handshake?.(delivery)
      if (question !== undefined) return { kind: 'answered', reply: toReply(question, { clean }) }
      // Anything but a plain yes is a no: code that forgets to return lets nobody in.
      if ((await trigger.verify(delivery)) !== true) return { kind: 'refused' }
      const items = requireItems(opened.connector.name, await trigger.parse(delivery))
      const answer = await trigger.answer?.({ ...delivery, items })
      return {
        kind: 'items',
        items,
        reply: answer === undefined ? undefined : toReply(answer, { clean, isTaken: true }),
      }
    },
  })
}

/** Shorter ones are ids and names, which an answer may well hold. */
const MIN_KEPT_SECRET = 16

/** What of a registration may be a secret, such as a key with which the service signs. */
function keptTexts(registration: JsonObject): string[] {
  return Object.values(registration).filter(
    (value): value is string => typeof value === 'string' && value.length >= MIN_KEPT_SECRET,
  )
}
