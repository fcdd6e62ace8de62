import {
  type ConnectorWebhookTrigger,
  type Engine,
  type IncomingRequest,
  isInlayError,
  type JsonObject,
  type TriggerItem,
  toPlainJson,
  type WebhookAnswer,
  type WebhookDelivery,
} from '@inlay/engine'
import { callConnector } from '../../catalog/index.js'
import { type Database, isUnavailable } from '../../database/index.js'
import type { Logger } from '../../telemetry/index.js'
import type { Vault } from '../../vault/index.js'
import { hookNotFound } from '../errors.js'
import type { ConnectorHookTarget } from '../hook-targets.js'
import { kindOf } from './backoff.js'
import { deliveryFailed, deliveryRefused } from './errors.js'
import { checkItem, describeRefused, requireItems, startItems } from './items.js'
import type { DeliveryOutcome, TriggerMetrics } from './metrics.js'
import { rememberOpened } from './opened-secrets.js'
import { TriggerSecrets } from './secrets.js'
import { ConnectorTriggerStore } from './store.js'
import { type OpenedTrigger, TriggerCode, type TriggerCodeDeps } from './trigger-code.js'
import type { TriggerRow } from './trigger-row.js'

/** Milliseconds; services wait no longer either. */
export const DELIVERY_TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 65_536

/** What taking deliveries needs. */
export interface DeliveryDeps extends TriggerCodeDeps {
  readonly database: Database
  readonly engine: Pick<Engine, 'start'>
  readonly vault: Vault
  readonly metrics: TriggerMetrics
  readonly log: Logger
  /** Milliseconds that a connector's code may take over one request. @default 10_000 */
  readonly deliveryTimeoutMs?: number
}

/** What is answered to a service. */
export type HookReply = Required<Pick<WebhookAnswer, 'status'>> & Omit<WebhookAnswer, 'status'>

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
  readonly delivery: WebhookDelivery
}

type Outcome =
  | { readonly kind: 'answer'; readonly answer: WebhookAnswer }
  | { readonly kind: 'refused' }
  | { readonly kind: 'items'; readonly items: readonly TriggerItem[] }

/** Deliveries to triggers of kind `webhook`. */
export function createWebhookDeliveries(deps: DeliveryDeps): WebhookDeliveries {
  const { engine, metrics, log } = deps
  const store = new ConnectorTriggerStore(deps.database)
  const secrets = new TriggerSecrets({ ...deps, opener: rememberOpened(deps.vault) })
  const code = new TriggerCode(deps)
  const open = async (target: ConnectorHookTarget, request: IncomingRequest): Promise<Delivering> => {
    const row = await store.find(target, target.triggerId)
    const address = row === undefined || row.workflow_id === null ? undefined : await secrets.address(row)
    if (row === undefined || address === undefined) throw hookNotFound()
    const opened = await code.open(row)
    const { trigger, input } = opened
    if (trigger.kind !== 'webhook') throw hookNotFound()
    // While the service is being told it may ask already; there is no registration yet.
    const registration = (await secrets.registration(row)) ?? {}
    return { row, opened, trigger, delivery: { request, input, secret: address.secret, registration, now: Date.now() } }
  }
  const accept = async ({ row, opened, trigger }: Delivering, items: readonly TriggerItem[]): Promise<HookReply> => {
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
    return { status: 200, body: { accepted: started.started } }
  }
  return {
    deliver: (target, request) =>
      guardDelivery({ metrics, log, connector: target.connector, triggerId: target.triggerId }, async () => {
        const delivering = await open(target, request)
        const outcome = await decide(delivering, deps.deliveryTimeoutMs)
        if (outcome.kind === 'refused') throw deliveryRefused()
        if (outcome.kind === 'answer') return { outcome: 'answered', reply: toReply(outcome.answer) }
        return { outcome: 'accepted', reply: await accept(delivering, outcome.items) }
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
    metrics.delivered(connector, isOurs ? 'refused' : 'failed')
    if (isOurs || isUnavailable(error)) throw error
    // Not the error itself: what connectors throw may hold secrets.
    const why = isInlayError(error) ? error.message : 'unexpected'
    log.warn({ connector, triggerId, kind: kindOf(error), why }, 'A delivery of a service could not be taken.')
    throw deliveryFailed()
  }
}

/** All that a connector's code does about a request, in the time that it has for all of it. */
function decide({ opened, trigger, delivery }: Delivering, timeoutMs = DELIVERY_TIMEOUT_MS): Promise<Outcome> {
  const { name } = opened.connector
  return callConnector(name, timeoutMs, async (): Promise<Outcome> => {
    const answer = trigger.handshake?.(delivery)
    if (answer !== undefined) return { kind: 'answer', answer }
    // Anything but a plain yes is a no: code that forgets to return lets nobody in.
    if ((await trigger.verify(delivery)) !== true) return { kind: 'refused' }
    return { kind: 'items', items: requireItems(name, await trigger.parse(delivery)) }
  })
}

/** An answer as it is sent; connectors may have made anything. */
export function toReply({ status = 200, headers = {}, body }: WebhookAnswer): HookReply {
  const isStatus = Number.isInteger(status) && status >= 200 && status <= 599
  return {
    status: isStatus ? status : 200,
    // The plane speaks plain texts in headers; others are left out.
    headers: Object.fromEntries(Object.entries(headers as JsonObject).flatMap(readHeader)),
    ...(body === undefined ? {} : { body: toPlainJson(body, { maxBytes: MAX_ANSWER_BYTES, name: 'answer' }) }),
  }
}

function readHeader([name, value]: readonly [string, unknown]): [string, string][] {
  const isPlain = /^[\w-]+$/.test(name) && typeof value === 'string' && /^[\t\x20-\x7e]*$/.test(value)
  return isPlain ? [[name, String(value)]] : []
}
