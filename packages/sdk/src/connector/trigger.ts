import type {
  AnsweredDelivery,
  AppEventDelivery,
  AppWebhookTrigger,
  ConnectorWebhookTrigger,
  JsonObject,
  JsonValue,
  PollContext,
  PollingTrigger,
  PollResult,
  ProductEventTrigger,
  RegisteredContext,
  TriggerItem,
  WebhookAnswer,
  WebhookContext,
  WebhookDelivery,
} from '@inlay/engine'
import type { z } from 'zod'
import { completeForm, type FormDefinition } from './form.js'

/** What authors say of every trigger. */
interface TriggerDefinition<Input extends z.ZodType, Output extends z.ZodType> extends FormDefinition {
  readonly name: string
  readonly description: string
  readonly input: Input
  readonly output: Output
  readonly sampleOutput: z.input<Output> & JsonValue
  /** OAuth scopes without which the service refuses. @default none */
  readonly scopes?: readonly string[]
}

/** A polling trigger as its author writes it. */
export interface PollingTriggerDefinition<Input extends z.ZodType, Output extends z.ZodType>
  extends TriggerDefinition<Input, Output> {
  /** Milliseconds between two polls. @default 300_000 */
  readonly intervalMs?: number
  /** Looks for what is new; `newByTime` and `newById` tell it from what was there before. */
  poll(context: PollContext<z.output<Input>>): Promise<PollResult>
}

/** A webhook trigger as its author writes it. */
export interface WebhookTriggerDefinition<Input extends z.ZodType, Output extends z.ZodType>
  extends TriggerDefinition<Input, Output> {
  /** Tells the service where to call. What it resolves to is kept, and given to the others. Safe to call twice. */
  register(context: WebhookContext<z.output<Input>>): Promise<JsonObject>
  /** Tells the service to call no more. Safe to call twice. */
  unregister(context: RegisteredContext<z.output<Input>>): Promise<void>
  /** Whether the service sent this: decide on `rawBody`, with `isHmacValid` or `isSameText`. */
  verify(delivery: WebhookDelivery<z.output<Input>>): boolean | Promise<boolean>
  /**
   * What happened; none for deliveries that mean nothing to this trigger, whatever their shape. Deliveries that name a
   * thing without saying what is in it are completed by `acme.call(delivery, …)`.
   */
  parse(delivery: WebhookDelivery<z.output<Input>>): readonly TriggerItem[] | Promise<readonly TriggerItem[]>
  /** Answers what is no event but a question; undefined for events. Called before `verify`. */
  handshake?(delivery: WebhookDelivery<z.output<Input>>): WebhookAnswer | undefined | Promise<WebhookAnswer | undefined>
  /** For services that want a certain answer to their deliveries. @default 200 with the number of started runs */
  answer?(delivery: AnsweredDelivery<z.output<Input>>): WebhookAnswer | Promise<WebhookAnswer>
  /** For registrations that expire. */
  readonly renewal?: {
    readonly everyMs: number
    run(context: RegisteredContext<z.output<Input>>): Promise<JsonObject>
  }
}

/** A trigger on events of the connector's one address, as its author writes it. */
export interface AppWebhookTriggerDefinition<Input extends z.ZodType, Output extends z.ZodType>
  extends TriggerDefinition<Input, Output> {
  /** Names of the events that it hears, as `appEvents.route` gives them. */
  readonly events: readonly string[]
  /** @default one item per event, with its id and data */
  parse?(delivery: AppEventDelivery<z.output<Input>>): readonly TriggerItem[] | Promise<readonly TriggerItem[]>
}

/**
 * Defines a trigger that asks the service every so often.
 *
 * @example
 * poll: async ({ http, input, cursor }) => {
 *   const orders = await acme.call({ http }, { url: '/orders', query: { since: cursorTime(cursor) }, answer: ordersPage })
 *   return newByTime(orders, { cursor, idOf: (order) => order.id, timeOf: (order) => order.created_at })
 * }
 */
export function pollingTrigger<Input extends z.ZodType, Output extends z.ZodType>(
  definition: PollingTriggerDefinition<Input, Output>,
): PollingTrigger {
  return {
    ...completeTrigger(definition),
    kind: 'polling',
    ...(definition.intervalMs === undefined ? {} : { intervalMs: definition.intervalMs }),
    // The platform parses the input with this trigger's own schema before it calls; so it does below.
    poll: (context) => definition.poll(context as PollContext<z.output<Input>>),
  }
}

/** Defines a trigger whose service calls an address of the workflow's own. */
export function webhookTrigger<Input extends z.ZodType, Output extends z.ZodType>(
  definition: WebhookTriggerDefinition<Input, Output>,
): ConnectorWebhookTrigger {
  const { handshake, answer, renewal } = definition
  type Delivery = WebhookDelivery<z.output<Input>>
  type Registered = RegisteredContext<z.output<Input>>
  return {
    ...completeTrigger(definition),
    kind: 'webhook',
    register: (context) => definition.register(context as WebhookContext<z.output<Input>>),
    unregister: (context) => definition.unregister(context as Registered),
    verify: (delivery) => definition.verify(delivery as Delivery),
    parse: (delivery) => definition.parse(delivery as Delivery),
    ...(handshake === undefined ? {} : { handshake: (delivery) => handshake(delivery as Delivery) }),
    ...(answer === undefined ? {} : { answer: (delivery) => answer(delivery as AnsweredDelivery<z.output<Input>>) }),
    ...(renewal === undefined
      ? {}
      : { renewal: { everyMs: renewal.everyMs, run: (context) => renewal.run(context as Registered) } }),
  }
}

/** Defines a trigger on events that the service tells one address for all accounts; see `appEvents` of the connector. */
export function appWebhookTrigger<Input extends z.ZodType, Output extends z.ZodType>(
  definition: AppWebhookTriggerDefinition<Input, Output>,
): AppWebhookTrigger {
  const { events, parse } = definition
  return {
    ...completeTrigger(definition),
    kind: 'appWebhook',
    events,
    parse: (delivery) => {
      const { event } = delivery
      if (parse === undefined) return [{ id: event.id, data: event.data }]
      return parse(delivery as AppEventDelivery<z.output<Input>>)
    },
  }
}

/** A trigger on events of the tenant's own product, as its author writes it. */
export interface ProductEventTriggerDefinition<Input extends z.ZodType, Output extends z.ZodType>
  extends TriggerDefinition<Input, Output> {
  /** The `name` of the event as the product sends it. */
  readonly event: string
}

/** Defines a trigger on events that the tenant's own product sends (`inlay.events.publish`); see `ProductEventTrigger`. */
export function productEventTrigger<Input extends z.ZodType, Output extends z.ZodType>(
  definition: ProductEventTriggerDefinition<Input, Output>,
): ProductEventTrigger {
  return { ...completeTrigger(definition), kind: 'event', event: definition.event }
}

function completeTrigger<Input extends z.ZodType, Output extends z.ZodType>(
  definition: TriggerDefinition<Input, Output>,
) {
  const { name, description, input, output, sampleOutput, scopes = [] } = definition
  return { name, description, input, output, sampleOutput, scopes, ...completeForm(definition) }
}
