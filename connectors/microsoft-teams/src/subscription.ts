import {
  collectPages,
  hasStatus,
  isSameText,
  type JsonObject,
  jsonValue,
  type RegisteredContext,
  StepError,
  type TriggerItem,
  type WebhookAnswer,
  type WebhookContext,
  type WebhookDelivery,
  z,
} from '@inlay/sdk/connector'
import { callGraph, type GraphContext, graph } from './graph-api.js'
import { isWritten, listedMessageSchema, messageSchema } from './message.js'
import { pageOf } from './places.js'

/** Subscriptions that last longer than an hour need a second address, for their lifecycle. */
const LIFETIME_MS = 55 * 60_000

/** How often a subscription is renewed, in milliseconds: twice, at least, before it ends. Renewing authorises it anew. */
export const RENEWAL_MS = 20 * 60_000

/** An organisation has no more of them for all of Teams. */
const MOST_SUBSCRIPTIONS = 10_000

const subscription = z.object({ id: z.string() })
const listed = pageOf(subscription.extend({ notificationUrl: z.string().nullish() }))

/** Tells Graph to call for what is created below a resource, such as `/chats/{id}/messages`. Safe to call twice. */
export async function subscribe(context: WebhookContext, resource: string): Promise<JsonObject> {
  const { webhookUrl, secret } = context
  const read = async (url: string) => {
    const page = await callGraph(context, { url, answer: listed })
    return { items: page.value, next: page['@odata.nextLink'] }
  }
  const all = await collectPages(read, '/subscriptions', { maxItems: MOST_SUBSCRIPTIONS })
  const known = all.find(({ notificationUrl }) => notificationUrl === webhookUrl)
  if (known !== undefined) return renew(context, known.id)
  const json = {
    changeType: 'created',
    notificationUrl: webhookUrl,
    resource,
    expirationDateTime: expiry(),
    clientState: secret,
  }
  const call = { method: 'POST', url: '/subscriptions', json, answer: subscription } as const
  const { id } = await callGraph(context, call).catch((error: unknown) => {
    throw isQuota(error) ? taken(error) : error
  })
  return { id }
}

/** Graph answers 403 for limits too; what it says tells them from missing permissions. */
function isQuota(error: unknown): error is StepError {
  if (!(error instanceof StepError) || error.kind !== 'authorization') return false
  return /limit|quota|maximum|exceed/i.test(error.detail ?? '')
}

/** https://learn.microsoft.com/graph/api/resources/change-notifications-api-overview lists how many there may be. */
function taken(cause: StepError): StepError {
  const said = cause.detail ?? ''
  return new StepError('limit', 'Microsoft Teams takes no further subscription here', {
    detail: `An app has one subscription for each channel or chat: another workflow has it. Use the trigger that asks every few minutes. It said: ${said}`,
    cause,
  })
}

/** Renews a subscription; one that Graph has removed is made anew. */
export async function resubscribe(context: RegisteredContext, resource: string): Promise<JsonObject> {
  try {
    return await renew(context, idOf(context.registration))
  } catch (error) {
    if (!hasStatus(error, 404)) throw error
    return subscribe(context, resource)
  }
}

/** Tells Graph to call no more. Safe to call twice. */
export async function unsubscribe(context: RegisteredContext): Promise<void> {
  const url = `/subscriptions/${encodeURIComponent(idOf(context.registration))}`
  try {
    await callGraph(context, { method: 'DELETE', url, answer: z.unknown() })
  } catch (error) {
    if (!hasStatus(error, 404)) throw error
  }
}

/** Before Graph takes an address, it wants back the token that it sends there, as plain text. */
export function answerValidation({ request }: WebhookDelivery): WebhookAnswer | undefined {
  const { validationToken } = request.query
  if (validationToken === undefined) return undefined
  return { headers: { 'content-type': 'text/plain' }, body: validationToken }
}

const notifications = z.object({
  value: z
    .array(
      z.object({
        clientState: z.string(),
        changeType: z.string().nullish(),
        resource: z.string().nullish(),
        lifecycleEvent: z.string().nullish(),
      }),
    )
    .min(1),
})

/** Graph signs nothing: each notification carries the secret that the subscription was made with. */
export function isFromGraph({ request, secret }: WebhookDelivery): boolean {
  const told = notifications.safeParse(request.body)
  return told.success && told.data.value.every(({ clientState }) => isSameText(secret, clientState))
}

/**
 * The messages that notifications tell of, as `messages('1616…')/replies('1617…')` behind their place, read from there:
 * notifications hold ids alone.
 */
export async function createdMessages(delivery: WebhookDelivery, place: string): Promise<TriggerItem[]> {
  const told = notifications.safeParse(delivery.request.body).data?.value ?? []
  const created = told.filter(({ changeType, resource }) => changeType === 'created' && resource)
  const items: TriggerItem[] = []
  for (const { resource } of created) {
    const parts = [...(resource ?? '').matchAll(/(messages|replies)\('([^']+)'\)/g)]
    const path = parts.map(([, name, id = '']) => `/${name}/${encodeURIComponent(id)}`).join('')
    const message = path === '' ? undefined : await readMessage(delivery, `${place}${path}`)
    if (message !== undefined) items.push({ id: message.id, data: jsonValue.parse(messageSchema.parse(message)) })
  }
  return items
}

/** Undefined for messages that are gone already, and for those of the system. */
async function readMessage(delivery: WebhookDelivery, url: string) {
  try {
    const message = await graph.call(delivery, { url, answer: listedMessageSchema })
    return isWritten(message) ? message : undefined
  } catch (error) {
    if (hasStatus(error, 404)) return undefined
    throw error
  }
}

async function renew(context: GraphContext, id: string): Promise<JsonObject> {
  const url = `/subscriptions/${encodeURIComponent(id)}`
  const json = { expirationDateTime: expiry() }
  await callGraph(context, { method: 'PATCH', url, json, answer: subscription })
  return { id }
}

function expiry(): string {
  return new Date(Date.now() + LIFETIME_MS).toISOString()
}

function idOf({ id }: JsonObject): string {
  return String(id)
}
