import {
  type AppDelivery,
  type AppEvent,
  type AppEvents,
  type IncomingRequest,
  isHmacValid,
  isRecent,
  z,
} from '@inlay/sdk/connector'

/** One of the events that a delivery of HubSpot holds. */
export const notification = z.object({
  eventId: z.number(),
  portalId: z.number(),
  occurredAt: z.number(),
  subscriptionType: z.string().regex(/^\w+\.\w+$/),
  objectTypeId: z.string().nullish(),
  objectId: z.number(),
  propertyName: z.string().nullish(),
  propertyValue: z.string().nullish(),
  changeSource: z.string().nullish(),
})

/** Kinds of records in the words of HubSpot's events: by name, and by number in its newer ones. */
const TYPES: Readonly<Record<string, string>> = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  ticket: 'tickets',
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-5': 'tickets',
}

/** What HubSpot's webhooks send to the one address of an app. */
export const appEvents: AppEvents = {
  help: 'In the settings of your HubSpot app open "Webhooks", enter this address as target URL, and subscribe to creation, propertyChange and deletion of the objects that workflows shall hear of. The client secret is under "Auth".',
  settings: z.object({
    clientSecret: z.string().min(1).meta({ title: 'Client secret', format: 'password' }),
    targetUrl: z.url().meta({
      title: 'Target URL',
      description: 'The address exactly as entered at HubSpot, which signs it too.',
    }),
  }),
  secretSettings: ['clientSecret'],
  verify,
  route,
}

/** Signature v3: method, address, body and time in milliseconds, with the client secret. */
function verify({ request, settings, now }: AppDelivery): boolean {
  const sentAt = request.headers['x-hubspot-request-timestamp'] ?? ''
  const { clientSecret, targetUrl } = settings
  if (typeof clientSecret !== 'string' || typeof targetUrl !== 'string') return false
  if (!isRecent({ sentAtMs: Number(sentAt || Number.NaN), now })) return false
  return isHmacValid({
    secret: clientSecret,
    content: Buffer.concat([Buffer.from(`${request.method}${targetUrl}`), request.rawBody, Buffer.from(sentAt)]),
    signature: request.headers['x-hubspot-signature-v3'],
    encoding: 'base64',
  })
}

function route({ body }: IncomingRequest): AppEvent[] {
  return (Array.isArray(body) ? body : []).flatMap((each) => {
    const told = notification.safeParse(each)
    if (!told.success) return []
    const { eventId, portalId, occurredAt, subscriptionType, objectTypeId, objectId, propertyName } = told.data
    const [named = '', event = ''] = subscriptionType.split('.')
    const objectType = TYPES[named] ?? TYPES[objectTypeId ?? '']
    if (objectType === undefined) return []
    // HubSpot promises no unique event ids, but these together are one event.
    const id = [eventId, subscriptionType, objectId, propertyName ?? '', occurredAt].join(':')
    const { propertyValue = null, changeSource = null } = told.data
    const data = {
      objectType,
      event,
      recordId: String(objectId),
      property: propertyName ?? null,
      value: propertyValue,
      source: changeSource,
      occurredAt: new Date(occurredAt).toISOString(),
    }
    return [{ id, name: event, account: String(portalId), data }]
  })
}
