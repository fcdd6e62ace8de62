import {
  type AppEvent,
  type Connector,
  type ConnectorTrigger,
  type ConnectorWebhookTrigger,
  type IncomingRequest,
  type JsonObject,
  type JsonValue,
  type OAuthApp,
  type PollResult,
  StepError,
  secretText,
  type TriggerItem,
  UserError,
  type WebhookAnswer,
} from '@inlay/engine'
import { type TestContextOptions, withDeliveryContext, withTestContext } from './test-context.js'

/** What the trigger is given. */
export interface RunTriggerOptions extends TestContextOptions {
  readonly input: unknown
  /** Unix milliseconds. @default now */
  readonly now?: number
}

/**
 * Polls once, as the platform would. Items must fit the trigger's output schema.
 *
 * @throws StepError what the poll failed with; `validation` for the input, `bug` for items that do not fit
 * @throws UserError `testing.no_trigger`
 */
export async function pollTrigger(
  connector: Connector,
  id: string,
  options: RunTriggerOptions & { readonly cursor?: JsonValue },
): Promise<PollResult> {
  const trigger = findTrigger(connector, id, 'polling')
  const { cursor = null, now = Date.now() } = options
  const input = parse(trigger.input, options.input, 'validation')
  const result = await withTestContext(connector, options, (context) =>
    trigger.poll({ ...context, input, cursor, now, isFirst: options.cursor === undefined }),
  )
  return { ...result, items: checkItems(trigger, result.items) }
}

/** Where test deliveries go, unless they say otherwise. */
const WEBHOOK_URL = 'https://hooks.test/hooks/token'

/** A webhook trigger that was told to the service. */
export interface TestRegistration {
  readonly registration: JsonObject
  readonly webhookUrl: string
  readonly secret: string
}

/** Tells the service where to call. @throws StepError what it failed with */
export async function registerTrigger(
  connector: Connector,
  id: string,
  options: RunTriggerOptions,
): Promise<TestRegistration> {
  const trigger = findTrigger(connector, id, 'webhook')
  const input = parse(trigger.input, options.input, 'validation')
  const address = { webhookUrl: WEBHOOK_URL, secret: 'test-secret' }
  const registration = await withTestContext(connector, options, (context) =>
    trigger.register({ ...context, input, ...address }),
  )
  return { registration, ...address }
}

/** Tells the service to call no more. @throws StepError what it failed with */
export async function unregisterTrigger(
  connector: Connector,
  id: string,
  options: RunTriggerOptions & TestRegistration,
): Promise<void> {
  const trigger = findTrigger(connector, id, 'webhook')
  const input = parse(trigger.input, options.input, 'validation')
  const { registration, webhookUrl, secret } = options
  await withTestContext(connector, options, (context) =>
    trigger.unregister({ ...context, input, webhookUrl, secret, registration }),
  )
}

/** What became of a delivery. */
export type DeliveryResult =
  | { readonly kind: 'refused' }
  | { readonly kind: 'answered'; readonly answer: WebhookAnswer }
  | {
      readonly kind: 'items'
      readonly items: readonly TriggerItem[]
      /** Of triggers that choose their answer. */
      readonly answer?: WebhookAnswer
    }

/**
 * Delivers a request to a webhook trigger, as the platform would. Items must fit the trigger's output schema. `auth` is
 * what `credentials` gives, and what `http` carries.
 */
export async function deliverWebhook(
  connector: Connector,
  id: string,
  options: RunTriggerOptions & {
    readonly request: TestDelivery
    readonly registration?: JsonObject
    /** @default 'test-secret' */
    readonly secret?: string
  },
): Promise<DeliveryResult> {
  const trigger: ConnectorWebhookTrigger = findTrigger(connector, id, 'webhook')
  const { secret = 'test-secret', registration = {}, now = Date.now() } = options
  const input = parse(trigger.input, options.input, 'validation')
  return withDeliveryContext(connector, options, async (context) => {
    const delivery = { ...context, request: incomingRequest(options.request), input, secret, registration, now }
    const question = await trigger.handshake?.(delivery)
    if (question !== undefined) return { kind: 'answered', answer: question }
    if (!(await trigger.verify(delivery))) return { kind: 'refused' }
    const items = checkItems(trigger, await trigger.parse(delivery))
    const answer = await trigger.answer?.({ ...delivery, items })
    return { kind: 'items', items, ...(answer === undefined ? {} : { answer }) }
  })
}

/** What became of a delivery to the connector's one address. */
export type AppDeliveryResult =
  | Exclude<DeliveryResult, { kind: 'items' }>
  | { readonly kind: 'events'; readonly events: readonly AppEvent[] }

/** A delivery to a connector's one address. */
export interface DeliverAppEventOptions {
  readonly request: TestDelivery
  readonly settings: JsonObject
  /** The app in whose name accounts are connected. @default none */
  readonly oauthApp?: { readonly clientId: string; readonly clientSecret?: string }
  /** Unix milliseconds. @default now */
  readonly now?: number
}

/** Delivers a request to a connector's one address, as the platform would. @throws UserError `testing.no_app_events` */
export async function deliverAppEvent(
  connector: Connector,
  options: DeliverAppEventOptions,
): Promise<AppDeliveryResult> {
  const { appEvents } = connector
  if (appEvents === undefined) {
    throw new UserError('not_found', 'testing.no_app_events', `${connector.id} has no \`appEvents\`.`)
  }
  const request = incomingRequest(options.request)
  const app = oauthAppOf(options)
  const delivery = {
    request,
    settings: options.settings,
    now: options.now ?? Date.now(),
    oauthApp: async () => app,
  }
  if (!(await appEvents.verify(delivery))) return { kind: 'refused' }
  const answer = await appEvents.handshake?.(delivery)
  if (answer !== undefined) return { kind: 'answered', answer }
  return { kind: 'events', events: appEvents.route(request) }
}

function oauthAppOf({ oauthApp }: DeliverAppEventOptions): OAuthApp | undefined {
  if (oauthApp === undefined) return undefined
  const { clientId, clientSecret } = oauthApp
  return { clientId, clientSecret: clientSecret === undefined ? undefined : secretText(clientSecret) }
}

/** What an app-webhook trigger makes of an event. Items must fit its output schema. */
export async function parseAppEvent(
  connector: Connector,
  id: string,
  options: TestContextOptions & { readonly event: AppEvent; readonly input: unknown },
): Promise<readonly TriggerItem[]> {
  const trigger = findTrigger(connector, id, 'appWebhook')
  const input = parse(trigger.input, options.input, 'validation')
  const items = await withDeliveryContext(connector, options, async (context) =>
    trigger.parse({ ...context, event: options.event, input }),
  )
  return checkItems(trigger, items)
}

/** A delivery as a test writes it: with `json`, or with a `rawBody` whose bytes count. */
export interface TestDelivery {
  /** @default 'POST' */
  readonly method?: string
  /** @default an address with `query` */
  readonly url?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly json?: JsonValue
  readonly form?: Readonly<Record<string, string>>
  readonly rawBody?: string
}

/** A request as the platform hands it to connectors. */
export function incomingRequest(given: TestDelivery): IncomingRequest {
  const { method = 'POST', headers = {}, query = {}, json, form } = given
  const raw = given.rawBody ?? (form === undefined ? JSON.stringify(json ?? null) : `${new URLSearchParams(form)}`)
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const search = Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`
  const url = given.url ?? `${WEBHOOK_URL}${search}`
  return { method, url, headers: lower, query, rawBody: Buffer.from(raw), body: json ?? form ?? bodyOf(raw) }
}

function bodyOf(raw: string): JsonValue {
  try {
    // What JSON.parse gives is a JSON value by definition.
    return JSON.parse(raw) as JsonValue
  } catch {
    return raw
  }
}

function findTrigger<Kind extends ConnectorTrigger['kind']>(
  connector: Connector,
  id: string,
  kind: Kind,
): Extract<ConnectorTrigger, { kind: Kind }> {
  const trigger = Object.hasOwn(connector.triggers, id) ? connector.triggers[id] : undefined
  // The comparison of kinds is what narrows the union, which a type parameter cannot express.
  if (trigger?.kind === kind) return trigger as Extract<ConnectorTrigger, { kind: Kind }>
  throw new UserError('not_found', 'testing.no_trigger', `${connector.id} has no ${kind} trigger "${id}".`)
}

function parse(schema: ConnectorTrigger['input'], value: unknown, kind: 'validation' | 'bug'): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'value'}: ${message}`,
  )
  throw new StepError(kind, kind === 'bug' ? 'An item does not fit the output schema' : 'The input is not valid', {
    detail: problems.join('; '),
  })
}

function checkItems(trigger: ConnectorTrigger, items: readonly TriggerItem[]): readonly TriggerItem[] {
  for (const { data } of items) parse(trigger.output, data, 'bug')
  return items
}
