import { createHash } from 'node:crypto'
import {
  type AppEventDelivery,
  type ConnectorTrigger,
  type ConnectorWebhookTrigger,
  fromJsonSchema,
  type JsonObject,
  type JsonValue,
  jsonObject,
  jsonValue,
  type PollContext,
  type PollResult,
  type RegisteredContext,
  type TriggerItem,
  type WebhookContext,
  type WebhookDelivery,
  z,
} from '@inlay/sdk/connector'
import type { PieceTrigger } from '../description.js'
import { type CallDoors, callPiece, type RunnablePiece } from '../piece-calls.js'
import type { PieceCall } from '../protocol.js'
import { payloadOf } from './app-events.js'
import { toPieceAuth } from './auth.js'
import { callerOf } from './caller.js'
import { toForm } from './form.js'
import { objectSchema } from './properties.js'

type TriggerCall = Extract<PieceCall, { kind: 'trigger' }>

const valuesSchema = z.record(z.string(), jsonValue).catch({})
const cursorSchema = z.object({ values: valuesSchema }).catch({ values: {} })
const registrationSchema = z.object({
  values: valuesSchema,
  owner: z.string().catch(''),
  webhookUrl: z.string().catch(''),
})

/** A trigger of a piece as one of ours; undefined for kinds that cannot be carried. */
export function toTrigger(runnable: RunnablePiece, trigger: PieceTrigger): ConnectorTrigger | undefined {
  const { displayName, description, properties, sample = {} } = trigger
  const described = {
    name: displayName,
    description: description === '' ? displayName : description,
    input: fromJsonSchema(objectSchema(properties)),
    output: fromJsonSchema({}),
    sampleOutput: sample,
    scopes: [],
    ...toForm(runnable, 'trigger', trigger),
  }
  switch (trigger.type) {
    case 'POLLING':
      return { ...described, kind: 'polling', poll: (context) => poll(runnable, trigger, context) }
    case 'WEBHOOK':
      // Handshakes are answered at once, and a piece answers from its process.
      return trigger.handshake === 'NONE'
        ? { ...described, kind: 'webhook', ...webhookOf(runnable, trigger) }
        : undefined
    case 'APP_WEBHOOK':
      return trigger.listening?.events === undefined
        ? undefined
        : {
            ...described,
            kind: 'appWebhook',
            events: trigger.listening.events,
            parse: (delivery) => parseEvent(runnable, trigger, delivery),
          }
    default:
      return undefined
  }
}

/** What the piece remembers is kept with the cursor, so that it and the items are committed together. */
async function poll(runnable: RunnablePiece, trigger: PieceTrigger, context: PollContext): Promise<PollResult> {
  const { http, signal, files, log, isFirst, cursor } = context
  const values = new Map(Object.entries(isFirst ? {} : cursorSchema.parse(cursor).values))
  const call = (hook: TriggerCall['hook'], triggerValues: Map<string, JsonValue>) =>
    callPiece(runnable, toCall(trigger, hook, { ...context, webhookUrl: '' }), {
      ...{ http, signal, files, log, triggerValues, stores: context.store },
      owner: callerOf(context).customer,
    })
  if (isFirst) {
    await call('onEnable', values)
    // Pieces that remember the last item tell of all again when it has vanished: all of now are not new then.
    const known = values.has(LAST_ITEM) ? await call('run', new Map()) : []
    return { items: itemsOf(known).toReversed(), cursor: { values: Object.fromEntries(values) } }
  }
  includeSameMoment(values)
  const found = await call('run', values)
  return { items: itemsOf(found).toReversed(), cursor: { values: Object.fromEntries(values) } }
}

/** Names under which the pieces' own helper for polling remembers. */
const LAST_ITEM = 'lastItem'
const LAST_POLL = 'lastPoll'

/** The helper skips what happened in the very millisecond of the last item; our engine drops what was told before. */
function includeSameMoment(values: Map<string, JsonValue>): void {
  const last = values.get(LAST_POLL)
  if (typeof last === 'number') values.set(LAST_POLL, last - 1)
}

type WebhookParts = Pick<ConnectorWebhookTrigger, 'register' | 'unregister' | 'verify' | 'parse' | 'renewal'>

function webhookOf(runnable: RunnablePiece, trigger: PieceTrigger): WebhookParts {
  const change = async (
    hook: TriggerCall['hook'],
    context: WebhookContext | RegisteredContext,
  ): Promise<JsonObject> => {
    const { http, signal, files, log, webhookUrl } = context
    const { values } = registrationSchema.parse('registration' in context ? context.registration : {})
    const triggerValues = new Map(Object.entries(values))
    const owner = callerOf(context).customer
    const doors: CallDoors = { http, signal, files, log, triggerValues, stores: context.store, owner }
    await callPiece(runnable, toCall(trigger, hook, context), doors)
    return { values: Object.fromEntries(triggerValues), owner, webhookUrl }
  }
  const { renewalCron } = trigger
  return {
    register: (context) => change('onEnable', context),
    unregister: async (context) => void (await change('onDisable', context)),
    // Pieces verify nothing of their own here: who knows the address, with its random token, is taken for the service.
    verify: () => true,
    parse: (delivery) => parse(runnable, trigger, delivery),
    ...(renewalCron === undefined
      ? {}
      : { renewal: { everyMs: renewalInterval(renewalCron), run: (context) => change('onRenew', context) } }),
  }
}

async function parse(
  runnable: RunnablePiece,
  trigger: PieceTrigger,
  { request, input, registration, credentials, http, signal, files, log, store }: WebhookDelivery,
): Promise<readonly TriggerItem[]> {
  const { values, owner, webhookUrl } = registrationSchema.parse(registration)
  const payload = payloadOf(request)
  // Pieces do not say whether they need it.
  const auth = await credentials()
  const call = { ...toCall(trigger, 'run', { auth, input, webhookUrl }), customer: owner, payload }
  const doors: CallDoors = { http, signal, files, log, stores: store, owner }
  const found = await callPiece(runnable, call, { ...doors, triggerValues: new Map(Object.entries(values)) })
  return itemsOf(found)
}

/** The piece looks at what its own code has verified and found to be of this account. */
async function parseEvent(
  runnable: RunnablePiece,
  trigger: PieceTrigger,
  delivery: AppEventDelivery,
): Promise<readonly TriggerItem[]> {
  const { event, input, caller, http, signal, files, log, store } = delivery
  // Pieces do not say whether they need it.
  const auth = await delivery.credentials()
  const call = toCall(trigger, 'run', { auth, input, webhookUrl: '', ...(caller === undefined ? {} : { caller }) })
  const doors: CallDoors = { http, signal, files, log, stores: store, owner: call.customer, triggerValues: new Map() }
  return itemsOf(await callPiece(runnable, { ...call, payload: jsonObject.parse(event.data) }, doors))
}

function toCall(
  { name }: PieceTrigger,
  hook: TriggerCall['hook'],
  context: Pick<WebhookContext, 'auth' | 'input' | 'webhookUrl' | 'caller'>,
): TriggerCall {
  const auth = toPieceAuth(context.auth)
  return {
    kind: 'trigger',
    name,
    hook,
    input: jsonObject.parse(context.input),
    webhookUrl: context.webhookUrl,
    ...callerOf(context),
    ...(auth === undefined ? {} : { auth }),
  }
}

function itemsOf(found: JsonValue): TriggerItem[] {
  const list = Array.isArray(found) ? found : []
  return list.map((data) => ({ id: contentId(data), data }))
}

/** Pieces do not say which field tells items apart, and an update has the id of what it updates: the content does. */
function contentId(data: JsonValue): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(data)))
    .digest('base64url')
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}

const HOUR_MS = 3_600_000

/** Renewing more often than a piece asks for does no harm: what is no simple "every so many hours" is done daily. */
function renewalInterval(cron: string): number {
  const [, hour = ''] = cron.trim().split(/\s+/)
  if (hour === '*') return HOUR_MS
  const every = /^\*\/(\d+)$/.exec(hour)?.[1]
  return every === undefined ? 24 * HOUR_MS : Math.max(1, Number(every)) * HOUR_MS
}
