import type { z } from 'zod'
import type { JsonObject, JsonValue } from '../json.js'
import type { StepLog } from './action.js'
import type { AuthValues, ConnectionTestContext } from './auth.js'
import type { DynamicForm } from './form.js'
import type { ConnectorStores, FileStore } from './storage.js'

/** Something at the service that starts workflows. */
export type ConnectorTrigger = PollingTrigger | WebhookTrigger | AppWebhookTrigger | ProductEventTrigger

/** The ways in which a trigger hears of something. */
export const TRIGGER_KINDS = ['polling', 'webhook', 'appWebhook', 'event'] as const
/** One of `TRIGGER_KINDS`. */
export type TriggerKind = (typeof TRIGGER_KINDS)[number]

/** What all triggers have. */
export interface ConnectorTriggerCommon extends DynamicForm {
  readonly name: string
  readonly description: string
  /** What people set: which repository, which sheet. */
  readonly input: z.ZodType
  /** What the workflow sees as `trigger`. */
  readonly output: z.ZodType
  /** An item as the service would give it, for the builder's data picker and for test runs. */
  readonly sampleOutput: JsonValue
  /** OAuth scopes without which the service refuses. */
  readonly scopes: readonly string[]
}

/** One thing that happened: it starts one run, however often it is told. */
export interface TriggerItem {
  /** The same each time the service tells of the same thing, and of nothing else. */
  readonly id: string
  readonly data: JsonValue
}

/** What a trigger's code is given. */
export interface TriggerContext<Input = unknown> extends ConnectionTestContext {
  readonly input: Input
  readonly log: StepLog
  readonly store: ConnectorStores
  readonly files: FileStore
}

/** Asks the service every so often. */
export interface PollingTrigger extends ConnectorTriggerCommon {
  readonly kind: 'polling'
  /** Milliseconds between two polls. @default 300_000; at least 60_000 */
  readonly intervalMs?: number
  /** Looks for what is new. Cursor and items are kept in one transaction: what was told is started once. */
  poll(context: PollContext): Promise<PollResult>
}

/** What a poll is given. */
export interface PollContext<Input = unknown> extends TriggerContext<Input> {
  /** What the poll before gave; null at first. */
  readonly cursor: JsonValue
  /** Nothing of what the first poll finds starts a run: it only learns what is there already. */
  readonly isFirst: boolean
  /** Unix milliseconds. */
  readonly now: number
}

/** What a poll found. */
export interface PollResult {
  /** Oldest first. Ids that were told before are dropped. */
  readonly items: readonly TriggerItem[]
  readonly cursor: JsonValue
  /** Whether there is more: the next poll follows at once. @default false */
  readonly hasMore?: boolean
}

/** The service calls an address of the workflow's own, which `register` tells it. */
export interface WebhookTrigger extends ConnectorTriggerCommon {
  readonly kind: 'webhook'
  /** Tells the service where to call. What it resolves to is kept, encrypted, and given to the others. Safe to call twice. */
  register(context: WebhookContext): Promise<JsonObject>
  /** Tells the service to call no more. Safe to call twice. */
  unregister(context: RegisteredContext): Promise<void>
  /** Whether the service sent this. Use the comparisons of the SDK: they take the same time for every wrong answer. */
  verify(delivery: WebhookDelivery): boolean | Promise<boolean>
  /** What happened; none for deliveries that mean nothing to this trigger. `http` asks the service for what a delivery leaves out. */
  parse(delivery: WebhookDelivery): readonly TriggerItem[] | Promise<readonly TriggerItem[]>
  /** Answers what is no event but a question, such as a challenge; undefined for events. Called before `verify`. */
  handshake?(delivery: WebhookDelivery): WebhookAnswer | undefined | Promise<WebhookAnswer | undefined>
  /**
   * What the service is answered once the runs of a verified delivery are durable; its status is a 2xx, as anything else
   * would have the service send it again. @default status 200 with the number of runs that were started, as JSON
   */
  answer?(delivery: AnsweredDelivery): WebhookAnswer | Promise<WebhookAnswer>
  /** For registrations that expire. */
  readonly renewal?: {
    readonly everyMs: number
    run(context: RegisteredContext): Promise<JsonObject>
  }
}

/** What `register` is given. */
export interface WebhookContext<Input = unknown> extends TriggerContext<Input> {
  /** The address of this workflow. */
  readonly webhookUrl: string
  /** Random, of this registration alone: for services that sign with a secret of ours. */
  readonly secret: string
}

/** What code is given that works on a registration. */
export interface RegisteredContext<Input = unknown> extends WebhookContext<Input> {
  /** What `register` or `renewal` resolved to. */
  readonly registration: JsonObject
}

/** A request as it arrived. */
export interface IncomingRequest {
  readonly method: string
  /**
   * The whole address that the service was told and has called, query and all, whatever proxies are in between: what
   * signatures over addresses are made of.
   */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** Byte for byte: what signatures are made of. */
  readonly rawBody: Uint8Array
  /** Parsed by its content type; text when it is neither JSON nor a form. */
  readonly body: JsonValue
}

/**
 * What code is given that reads what a service has sent. The connection is opened when `http` is first used, or
 * `credentials` asked for: most deliveries need neither.
 */
export interface DeliveryContext<Input = unknown> extends Omit<TriggerContext<Input>, 'auth'> {
  /**
   * The connection's credentials, for services that sign with them; kind `none` without a connection. Every opening is
   * written into the audit log.
   *
   * @throws StepError `authentication` when the account has to be connected again
   */
  credentials(): Promise<AuthValues>
}

/** A request to the address of a workflow's trigger. */
export interface WebhookDelivery<Input = unknown> extends DeliveryContext<Input> {
  readonly request: IncomingRequest
  readonly secret: string
  readonly registration: JsonObject
  /** Unix milliseconds: compare with the service's timestamp, so that old deliveries cannot be replayed. */
  readonly now: number
}

/** A delivery that was verified and read. */
export interface AnsweredDelivery<Input = unknown> extends WebhookDelivery<Input> {
  /** What `parse` gave. */
  readonly items: readonly TriggerItem[]
}

/** Headers that an answer to a service may have, by their names in lower case; others are left out. */
export const WEBHOOK_ANSWER_HEADERS = [
  'content-type',
  'content-language',
  'retry-after',
  'webhook-allowed-origin',
  'webhook-allowed-rate',
  'x-hook-secret',
] as const

/** What is answered to the service. Secrets of the trigger and of its connection are taken out of it. */
export interface WebhookAnswer {
  /** @default 200 */
  readonly status?: number
  /** Those of `WEBHOOK_ANSWER_HEADERS`. */
  readonly headers?: Readonly<Record<string, string>>
  /** A text is sent as it is, anything else as JSON; at most 16 KiB. */
  readonly body?: JsonValue
}

/** The service calls one address for all accounts; the connector's `appEvents` says whose it is. */
export interface AppWebhookTrigger extends ConnectorTriggerCommon {
  readonly kind: 'appWebhook'
  /** Names of `AppEvent`s that it hears. */
  readonly events: readonly string[]
  /** What happened, from an event of the connection's own account; none for events that the input leaves out. */
  parse(delivery: AppEventDelivery): readonly TriggerItem[] | Promise<readonly TriggerItem[]>
}

/** An event for one connection that hears of it. */
export interface AppEventDelivery<Input = unknown> extends DeliveryContext<Input> {
  readonly event: AppEvent
}

/**
 * The tenant's own product sends it as an event of that name (`POST /v1/events`), for the customer whose it is. A run
 * starts when every field that the input sets equals the payload's field of that name.
 */
export interface ProductEventTrigger extends ConnectorTriggerCommon {
  readonly kind: 'event'
  readonly event: string
}

/** The one address to which a service tells of all accounts that use an app. */
export interface AppEvents {
  /** How the address is entered at the service. */
  readonly help?: string
  /** What the tenant or operator sets once per app, such as the signing secret. */
  readonly settings: z.ZodObject
  /** Names in `settings` that are secret. */
  readonly secretSettings: readonly string[]
  /** Whether the service sent this. */
  verify(delivery: AppDelivery): boolean | Promise<boolean>
  /** Answers what is no event but a question; undefined for events. Called after `verify`. */
  handshake?(delivery: AppDelivery): WebhookAnswer | undefined | Promise<WebhookAnswer | undefined>
  /** What happened, and to whose account. */
  route(request: IncomingRequest): readonly AppEvent[]
}

/** A request to a connector's one address. */
export interface AppDelivery {
  readonly request: IncomingRequest
  readonly settings: JsonObject
  /** Unix milliseconds. */
  readonly now: number
  /**
   * The OAuth app in whose name accounts are connected, for services that sign with its client secret: the tenant's own
   * before the operator's; undefined when there is none. Every opening is written into the audit log.
   */
  oauthApp(): Promise<OAuthApp | undefined>
}

/** An OAuth app at a service. */
export interface OAuthApp {
  readonly clientId: string
  /** Undefined for public clients. */
  readonly clientSecret: SecretText | undefined
}

/** A secret that shows itself to nobody who does not ask: logs, errors and JSON have `[redacted]` in its place. */
export interface SecretText {
  /** The secret itself, to sign or compare with. */
  reveal(): string
}

/** Something that happened to one account. */
export interface AppEvent {
  /** The service's own id of it. */
  readonly id: string
  /** What kind of thing: `message`, `app_mention`. */
  readonly name: string
  /** `ConnectedAccount.id` of the connections that it is for. */
  readonly account: string
  readonly data: JsonValue
}
