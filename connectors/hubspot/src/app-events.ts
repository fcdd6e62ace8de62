import {
  type AppDelivery,
  type AppEvent,
  type AppEvents,
  clientSecretOf,
  clientSecretSettings,
  type IncomingRequest,
  isHmacValid,
  isRecent,
  z,
} from '@inlay/sdk/connector'

const id = z.union([z.number(), z.string()]).transform(String)

/** One of the events that a delivery of HubSpot holds. */
const notification = z.object({
  eventId: z.number(),
  portalId: z.number(),
  occurredAt: z.number(),
  subscriptionType: z.string().regex(/^\w+\.\w+$/),
  objectTypeId: z.string().nullish(),
  objectId: id.nullish(),
  primaryObjectId: id.nullish(),
  newObjectId: id.nullish(),
  mergedObjectIds: z.array(id).nullish(),
  fromObjectId: id.nullish(),
  fromObjectTypeId: z.string().nullish(),
  toObjectId: id.nullish(),
  associationRemoved: z.boolean().nullish(),
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
  help: 'In the settings of your HubSpot app open "Webhooks", enter this address as target URL, and subscribe to the events (creation, propertyChange, deletion and so on) of the objects that workflows shall hear of. The client secret is under "Auth".',
  ...clientSecretSettings,
  verify,
  route,
}

/**
 * Signature v3: method, address, body and time in milliseconds, with the client secret; as
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation says
 */
async function verify(delivery: AppDelivery): Promise<boolean> {
  const { request, now } = delivery
  const sentAt = request.headers['x-hubspot-request-timestamp'] ?? ''
  if (!isRecent({ sentAtMs: Number(sentAt || Number.NaN), now })) return false
  const secret = await clientSecretOf(delivery)
  if (secret === undefined) return false
  return isHmacValid({
    secret,
    content: Buffer.concat([
      Buffer.from(`${request.method}${signedUrl(request)}`),
      request.rawBody,
      Buffer.from(sentAt),
    ]),
    signature: request.headers['x-hubspot-signature-v3'],
    encoding: 'base64',
  })
}

/** HubSpot signs the address with these characters as themselves. */
function signedUrl({ url }: IncomingRequest): string {
  return url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (encoded) => decodeURIComponent(encoded))
}

function route({ body }: IncomingRequest): AppEvent[] {
  return (Array.isArray(body) ? body : []).flatMap((each) => {
    const told = notification.safeParse(each)
    return told.success ? readEvent(told.data) : []
  })
}

function readEvent(told: z.output<typeof notification>): AppEvent[] {
  const { eventId, portalId, occurredAt, subscriptionType, objectTypeId, fromObjectTypeId, propertyName } = told
  const [named = '', event = ''] = subscriptionType.split('.')
  const typeId = objectTypeId ?? fromObjectTypeId ?? ''
  const objectType = TYPES[named] ?? TYPES[typeId] ?? typeId
  // What is merged is told of by the record that remains, a connection by the record that it begins at.
  const recordId = told.newObjectId ?? told.primaryObjectId ?? told.objectId ?? told.fromObjectId
  if (objectType === '' || !recordId) return []
  const otherRecordIds = told.mergedObjectIds ?? (told.toObjectId ? [told.toObjectId] : [])
  // HubSpot promises no unique event ids, but these together are one event.
  const id = [eventId, subscriptionType, recordId, propertyName ?? '', ...otherRecordIds, occurredAt].join(':')
  const data = {
    objectType,
    event,
    recordId,
    property: propertyName ?? null,
    value: told.propertyValue ?? null,
    otherRecordIds,
    wasRemoved: told.associationRemoved ?? null,
    source: told.changeSource ?? null,
    occurredAt: new Date(occurredAt).toISOString(),
  }
  return [{ id, name: event, account: String(portalId), data }]
}
