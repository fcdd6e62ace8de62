import {
  type AppEvent,
  type AppEvents,
  type Connector,
  type IncomingRequest,
  inScope,
  isInlayError,
  type OAuthApp,
  Redactor,
  StepError,
  type TenantId,
} from '@inlay/engine'
import { z } from 'zod'
import { callConnector, isBlocked, requireConnector } from '../../catalog/index.js'
import type { ConnectionsService } from '../../connections/index.js'
import { hookNotFound } from '../errors.js'
import { type HookReply, toReply } from './answer.js'
import type { AppEndpointsService, FoundEndpoint } from './app-endpoints.js'
import { explain, kindOf } from './backoff.js'
import { DELIVERY_TIMEOUT_MS, type DeliveryDeps, guardDelivery } from './deliveries.js'
import { deliveryRefused } from './errors.js'
import { checkItem, describeRefused, requireItems, startItems } from './items.js'
import { ConnectorTriggerStore } from './store.js'
import { TriggerCode } from './trigger-code.js'
import type { TriggerRow } from './trigger-row.js'

/** Events that one request may tell of. */
const MAX_EVENTS = 1000

/** What taking events of apps needs. */
export interface AppEventDeps extends DeliveryDeps {
  readonly endpoints: Pick<AppEndpointsService, 'find'>
  /** Finds whose account an event is of: connections of any customer of the tenant. */
  readonly connections: Pick<ConnectionsService, 'ofAccount'>
  readonly oauthApps: OAuthApps
}

/** Opens the apps in whose name accounts are connected, for those who verify what services sign with their secrets. */
export interface OAuthApps {
  /** The tenant's own before the operator's; undefined when there is none. Every opening is in the audit log. */
  appOf(tenantId: TenantId, connector: string): Promise<OAuthApp | undefined>
}

/** Takes what services send to the addresses of tenants' apps. */
export interface AppEventDeliveries {
  /**
   * Resolves once the runs of all workflows that heard of an event are durable. What goes wrong with one of them leaves
   * the others alone.
   *
   * @param read takes the request off the wire, when its address is known
   * @param tenantId whose address alone it may be; undefined: anybody's
   * @throws UserError `hook.not_found`, `hook.refused`; InlayError `hook.failed` when the service should send it again
   */
  deliver(token: string, read: () => Promise<IncomingRequest>, tenantId?: TenantId): Promise<HookReply>
}

/** Deliveries to the one address of an app. */
export function createAppEventDeliveries(deps: AppEventDeps): AppEventDeliveries {
  const fanOut = new FanOut(deps)
  return {
    deliver: async (token, read, only) => {
      const endpoint = await deps.endpoints.find(token)
      if (endpoint === undefined || endpoint.tenantId !== (only ?? endpoint.tenantId)) throw hookNotFound()
      const request = await read()
      return guardDelivery({ ...deps, connector: endpoint.connector }, async () => {
        const { tenantId } = endpoint
        if (await isBlocked(deps.catalogs, tenantId, endpoint.connector)) {
          deps.log.info({ tenantId, connector: endpoint.connector }, 'Events of an app were not taken: it is blocked.')
          throw hookNotFound()
        }
        const registry = inScope(deps.registry, { tenantId: endpoint.tenantId })
        const connector = await requireConnector(registry, endpoint.connector)
        const { appEvents } = connector
        if (appEvents === undefined) throw hookNotFound()
        const told = await decide({ connector, appEvents, endpoint, request }, deps)
        if (told.reply !== undefined) return { outcome: 'answered', reply: told.reply }
        const heard = await fanOut.spread(endpoint, told.events)
        return { outcome: heard ? 'accepted' : 'unknown', reply: { status: 200, body: {} } }
      })
    },
  }
}

interface AppRequest {
  readonly connector: Connector
  readonly appEvents: AppEvents
  readonly endpoint: FoundEndpoint
  readonly request: IncomingRequest
}

interface Told {
  readonly reply?: HookReply
  readonly events: readonly AppEvent[]
}

function decide(
  { connector, appEvents, endpoint, request }: AppRequest,
  { oauthApps, deliveryTimeoutMs = DELIVERY_TIMEOUT_MS }: AppEventDeps,
): Promise<Told> {
  const { tenantId, settings } = endpoint
  const redactor = new Redactor(connector)
  const learn = (secret: unknown): void => {
    if (typeof secret === 'string') redactor.learn({ kind: 'apiKey', apiKey: secret, fields: {} })
  }
  for (const name of appEvents.secretSettings) learn(settings[name])
  const oauthApp = async (): Promise<OAuthApp | undefined> => {
    const app = await oauthApps.appOf(tenantId, connector.id)
    learn(app?.clientSecret?.reveal())
    return app
  }
  return callConnector(connector.name, deliveryTimeoutMs, async () => {
    const delivery = { request, settings, now: Date.now(), oauthApp }
    if ((await appEvents.verify(delivery)) !== true) throw deliveryRefused()
    const answer = await appEvents.handshake?.(delivery)
    if (answer === undefined) return { events: readEvents(connector.name, appEvents.route(request)) }
    return { reply: toReply(answer, { clean: (data) => redactor.json(data) }), events: [] }
  }).catch((error: unknown) => {
    // The warning of what failed repeats what a connector has thrown.
    throw isInlayError(error) && 'kind' in error ? redactor.failure(error) : error
  })
}

const eventsSchema = z
  .array(z.object({ id: z.string().min(1), name: z.string(), account: z.string(), data: z.unknown() }))
  .max(MAX_EVENTS)

function readEvents(connectorName: string, given: unknown): AppEvent[] {
  const parsed = eventsSchema.safeParse(given)
  // What `data` holds is looked into once a trigger has made items of it.
  if (parsed.success) return parsed.data as AppEvent[]
  throw new StepError('bug', `${connectorName} gave something else than events`)
}

/** Hands events to the workflows of all customers whose account they are of. */
class FanOut {
  private readonly store: ConnectorTriggerStore
  private readonly code: TriggerCode

  constructor(private readonly deps: AppEventDeps) {
    this.store = new ConnectorTriggerStore(deps.database)
    this.code = new TriggerCode(deps)
  }

  /** @returns whether any account of them is connected */
  async spread({ tenantId, connector }: FoundEndpoint, events: readonly AppEvent[]): Promise<boolean> {
    let isKnown = false
    for (const account of new Set(events.map((event) => event.account))) {
      const ofAccount = events.filter((event) => event.account === account)
      const connected = await this.deps.connections.ofAccount({ tenantId }, connector, account)
      if (connected.length === 0) continue
      isKnown = true
      const rows = await this.store.ofConnections(
        tenantId,
        connector,
        connected.map(({ id }) => id),
      )
      const failures = await Promise.all(rows.map((row) => this.tryHand(row, ofAccount)))
      const lost = failures.find((error) => error !== undefined)
      // All others have their runs by now; the service sends it again, and they tell it apart.
      if (lost !== undefined) throw lost
    }
    return isKnown
  }

  /** @returns why runs could not be recorded, if they could not */
  private async tryHand(row: TriggerRow, events: readonly AppEvent[]): Promise<unknown> {
    for (const event of events) {
      try {
        await this.hand(row, event)
      } catch (error) {
        // What is no failure of a connector's code is ours: the runs may not have been recorded.
        if (!isInlayError(error) || !('kind' in error)) return error
        const { connector, trigger, workflow_id: workflowId } = row
        this.deps.log.warn(
          { connector, trigger, workflowId, kind: kindOf(error) },
          'A trigger could not take an event.',
        )
        await this.store.keepDetail(row, explain(error)).catch(() => undefined)
      }
    }
    return undefined
  }

  private async hand(row: TriggerRow, event: AppEvent): Promise<void> {
    const opened = await this.code.open(row)
    const { connector, trigger } = opened
    if (trigger.kind !== 'appWebhook' || !trigger.events.includes(event.name)) return
    const { tenant_id: tenantId, customer_id: customerId, workflow_id: workflowId, version_id: versionId, id } = row
    if (workflowId === null) return
    const { deliveryTimeoutMs: timeoutMs = DELIVERY_TIMEOUT_MS } = this.deps
    const given = await this.code.deliver(row, opened, {
      timeoutMs,
      run: async (context) => trigger.parse({ ...context, event }),
    })
    const checked = requireItems(connector.name, given).map((item) => checkItem(trigger, item))
    const target = { tenantId, customerId, workflowId, versionId, triggerId: id }
    const started = await startItems(this.deps.engine, target, checked)
    this.deps.metrics.items(connector.id, { started: started.started, refused: started.refused.length })
    await this.store.keepDetail(row, describeRefused(started))
  }
}
