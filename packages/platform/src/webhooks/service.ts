import { newId, type TenantScope } from '@inlay/engine'
import { type Page, toPage } from '../api/pagination.js'
import type { ActingScope, AuditAction, AuditLog } from '../audit/index.js'
import type { Database, ScopedSql } from '../database/index.js'
import type { Vault } from '../vault/index.js'
import { type DeliveryFilter, type DeliveryRow, WebhookDeliveryStore } from './delivery-store.js'
import { EndpointSecrets } from './endpoint-secrets.js'
import { type EndpointChanges, type EndpointRow, WebhookEndpointStore } from './endpoint-store.js'
import {
  notAListener,
  tooManyWebhookEndpoints,
  webhookDeliveryNotFound,
  webhookEndpointDisabled,
  webhookEndpointNotFound,
  webhookUrlNotUsable,
} from './errors.js'
import { newWebhookSecret } from './message.js'
import { keepOutcome, shortened } from './outcomes.js'
import { isSuccess } from './retry-plan.js'
import { TEST_EVENT_TYPE, type WebhookDelivery, type WebhookEndpoint, type WebhookEventType } from './schema.js'
import { toDelivery, toEndpoint } from './views.js'

const MAX_ENDPOINTS = 20

/** An endpoint to be. */
export interface NewWebhookEndpoint {
  readonly kind: WebhookEndpoint['kind']
  /** Of kind `http`. */
  readonly url?: string | undefined
  readonly description: string
  readonly eventTypes: readonly WebhookEventType[]
}

/** An endpoint with its secret, which is shown this once. */
export type EndpointWithSecret = WebhookEndpoint & { readonly secret: string }

/** What a listener has learned of a delivery. */
export interface ListenerReport {
  /** The HTTP status that the local server answered; null when it did not. */
  readonly status: number | null
  readonly durationMs: number
  readonly body?: string | undefined
  readonly error?: string | undefined
}

/** A delivery of an endpoint. */
export interface DeliveryPlace {
  readonly endpointId: string
  readonly id: string
}

/** Endpoints that a tenant's backend is told at, and what became of what was told. */
export interface WebhooksService {
  /** Newest first. */
  list(scope: TenantScope): Promise<WebhookEndpoint[]>
  /** @throws UserError `webhook_endpoint.not_found` */
  get(scope: TenantScope, id: string): Promise<WebhookEndpoint>
  /** @throws UserError `webhook_endpoint.url`, `webhook_endpoint.too_many` */
  create(scope: ActingScope, endpoint: NewWebhookEndpoint): Promise<EndpointWithSecret>
  /** What waits for an endpoint that is switched off is given up. @throws UserError `webhook_endpoint.not_found`, `webhook_endpoint.url` */
  update(scope: ActingScope, id: string, changes: EndpointChanges): Promise<WebhookEndpoint>
  /** Its deliveries go with it. @throws UserError `webhook_endpoint.not_found` */
  delete(scope: ActingScope, id: string): Promise<void>
  /** Messages are signed with both secrets for a day. @throws UserError `webhook_endpoint.not_found` */
  rotate(scope: ActingScope, id: string): Promise<EndpointWithSecret>
  /** Sends a test event to it alone. @throws UserError `webhook_endpoint.not_found`, `webhook_endpoint.disabled` */
  test(scope: ActingScope, id: string): Promise<WebhookDelivery>
  /** Newest first. @throws UserError `webhook_endpoint.not_found` */
  deliveries(scope: TenantScope, filter: DeliveryFilter): Promise<Page<WebhookDelivery>>
  /** Sends it once more, with the same id. @throws UserError `webhook_endpoint.…`, `webhook_delivery.not_found` */
  redeliver(scope: ActingScope, place: DeliveryPlace): Promise<WebhookDelivery>
  /**
   * Takes what a listener has not had, oldest first. What is not reported on within a minute is given again.
   *
   * @throws UserError `webhook_endpoint.not_found`, `webhook_endpoint.not_listener`
   */
  pull(scope: TenantScope, id: string, limit: number): Promise<WebhookDelivery[]>
  /** What came of a delivery that was pulled; it is not given again. @throws UserError `webhook_endpoint.…`, `webhook_delivery.not_found` */
  report(scope: TenantScope, place: DeliveryPlace, report: ListenerReport): Promise<void>
}

interface WebhooksDeps {
  readonly database: Database
  readonly vault: Vault
  /** Is told in the transaction that does it: what cannot be recorded is not done. */
  readonly audit: AuditLog
}

/** Webhooks over the tables of the database; workers send what is due. */
export function createWebhooksService(deps: WebhooksDeps): WebhooksService {
  return new StoredWebhooks(deps)
}

class StoredWebhooks implements WebhooksService {
  private readonly endpoints: WebhookEndpointStore
  private readonly stored: WebhookDeliveryStore
  private readonly secrets: EndpointSecrets
  private readonly audit: AuditLog

  constructor({ database, vault, audit }: WebhooksDeps) {
    this.endpoints = new WebhookEndpointStore(database)
    this.stored = new WebhookDeliveryStore(database)
    this.secrets = new EndpointSecrets(vault)
    this.audit = audit
  }

  list(scope: TenantScope): Promise<WebhookEndpoint[]> {
    return this.endpoints.within(scope, async (sql) => (await this.endpoints.list(sql, scope)).map(toEndpoint))
  }

  get(scope: TenantScope, id: string): Promise<WebhookEndpoint> {
    return this.endpoints.within(scope, async (sql) => toEndpoint(await this.require(sql, scope, id)))
  }

  async create(scope: ActingScope, endpoint: NewWebhookEndpoint): Promise<EndpointWithSecret> {
    const { kind, url, description, eventTypes } = endpoint
    if ((kind === 'http') !== (url !== undefined)) throw webhookUrlNotUsable(url ?? '')
    if (url !== undefined) assertUsable(url)
    const [id, secret] = [newId('whe', Date.now()), newWebhookSecret()]
    return this.endpoints.within(scope, async (sql) => {
      if ((await this.endpoints.countForInsert(sql, scope)) >= MAX_ENDPOINTS) {
        throw tooManyWebhookEndpoints(MAX_ENDPOINTS)
      }
      const sealed = await this.secrets.seal(sql, scope, id, secret)
      const row = { id, kind, url: url ?? null, description, event_types: [...eventTypes], secret: sealed }
      await this.endpoints.insert(sql, scope, row)
      await this.record(sql, scope, 'webhook_endpoint.created', id)
      return { ...toEndpoint(await this.require(sql, scope, id)), secret }
    })
  }

  update(scope: ActingScope, id: string, changes: EndpointChanges): Promise<WebhookEndpoint> {
    return this.endpoints.within(scope, async (sql) => {
      const { kind } = await this.require(sql, scope, id)
      if (changes.url !== undefined) {
        if (kind === 'listener') throw webhookUrlNotUsable(changes.url)
        assertUsable(changes.url)
      }
      await this.endpoints.update(sql, scope, id, changes)
      if (changes.enabled === false) await this.stored.giveUp(sql, scope, id, 'The endpoint was switched off.')
      await this.record(sql, scope, 'webhook_endpoint.updated', id)
      return toEndpoint(await this.require(sql, scope, id))
    })
  }

  delete(scope: ActingScope, id: string): Promise<void> {
    return this.endpoints.within(scope, async (sql) => {
      if (!(await this.endpoints.delete(sql, scope, id))) throw webhookEndpointNotFound(id)
      await this.record(sql, scope, 'webhook_endpoint.deleted', id)
    })
  }

  rotate(scope: ActingScope, id: string): Promise<EndpointWithSecret> {
    const secret = newWebhookSecret()
    return this.endpoints.within(scope, async (sql) => {
      await this.require(sql, scope, id)
      await this.endpoints.setSecret(sql, scope, id, await this.secrets.seal(sql, scope, id, secret))
      await this.record(sql, scope, 'webhook_endpoint.rotated', id)
      return { ...toEndpoint(await this.require(sql, scope, id)), secret }
    })
  }

  test(scope: ActingScope, endpointId: string): Promise<WebhookDelivery> {
    return this.stored.within(scope, async (sql) => {
      const { kind } = await this.requireEnabled(sql, scope, endpointId)
      const message = { endpointId, type: TEST_EVENT_TYPE, data: { webhookEndpointId: endpointId } }
      const id = await this.stored.insert(sql, scope, { ...message, isPulled: kind === 'listener' })
      return toDelivery(await this.requireDelivery(sql, scope, { endpointId, id }))
    })
  }

  deliveries(scope: TenantScope, filter: DeliveryFilter): Promise<Page<WebhookDelivery>> {
    return this.stored.within(scope, async (sql) => {
      await this.require(sql, scope, filter.endpointId)
      const rows = await this.stored.list(sql, scope, filter)
      return toPage(rows, filter.limit, { cursorOf: ({ id }) => id, toItem: toDelivery })
    })
  }

  redeliver(scope: ActingScope, place: DeliveryPlace): Promise<WebhookDelivery> {
    return this.stored.within(scope, async (sql) => {
      await this.requireEnabled(sql, scope, place.endpointId)
      await this.requireDelivery(sql, scope, place)
      await this.stored.redeliver(sql, scope, place.id)
      return toDelivery(await this.requireDelivery(sql, scope, place))
    })
  }

  pull(scope: TenantScope, endpointId: string, limit: number): Promise<WebhookDelivery[]> {
    return this.stored.within(scope, async (sql) => {
      await this.requireListener(sql, scope, endpointId)
      await this.endpoints.notePull(sql, scope, endpointId)
      return (await this.stored.pull(sql, scope, { endpointId, limit })).map(toDelivery)
    })
  }

  async report(scope: TenantScope, place: DeliveryPlace, report: ListenerReport): Promise<void> {
    const { status, durationMs, body, error } = report
    const { attempts } = await this.stored.within(scope, async (sql) => {
      await this.requireListener(sql, scope, place.endpointId)
      return this.requireDelivery(sql, scope, place)
    })
    const hasSucceeded = isSuccess({ status })
    await keepOutcome({ endpoints: this.endpoints, deliveries: this.stored, audit: this.audit }, scope, {
      ...{ endpointId: place.endpointId, deliveryId: place.id },
      // Whatever a program answers that is being written, its listener stays.
      outcome: { status: 200 },
      record: {
        attempt: attempts,
        durationMs,
        responseStatus: status,
        responseBody: body === undefined ? null : shortened(body),
        error: error === undefined ? null : shortened(error),
        after: { status: hasSucceeded ? 'succeeded' : 'failed' },
      },
    })
  }

  private async require(sql: ScopedSql, scope: TenantScope, id: string): Promise<EndpointRow> {
    const row = await this.endpoints.find(sql, scope, id)
    if (row === undefined) throw webhookEndpointNotFound(id)
    return row
  }

  private async requireEnabled(sql: ScopedSql, scope: TenantScope, id: string): Promise<EndpointRow> {
    const row = await this.require(sql, scope, id)
    if (!row.enabled) throw webhookEndpointDisabled(id)
    return row
  }

  private async requireListener(sql: ScopedSql, scope: TenantScope, id: string): Promise<void> {
    if ((await this.require(sql, scope, id)).kind !== 'listener') throw notAListener(id)
  }

  private async requireDelivery(sql: ScopedSql, scope: TenantScope, place: DeliveryPlace): Promise<DeliveryRow> {
    const row = await this.stored.find(sql, scope, place)
    if (row === undefined) throw webhookDeliveryNotFound(place.id)
    return row
  }

  private record(
    sql: ScopedSql,
    scope: ActingScope,
    action: Extract<AuditAction, `webhook_endpoint.${string}`>,
    id: string,
  ): Promise<void> {
    return this.audit.record(scope, { action, target: { kind: 'webhook_endpoint', id } }, sql)
  }
}

/** Whether an address may be called at all is the door's decision; loopback is for those who try things out. */
function assertUsable(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe = url !== undefined && url.username === '' && url.password === ''
  const isLocal = url?.protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (!isSafe || (url.protocol !== 'https:' && !isLocal)) throw webhookUrlNotUsable(text)
}
