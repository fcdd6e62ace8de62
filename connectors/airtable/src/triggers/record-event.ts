import {
  type IncomingRequest,
  isHmacValid,
  type JsonObject,
  jsonValue,
  type RegisteredContext,
  StepError,
  type TriggerItem,
  type WebhookContext,
  type WebhookDelivery,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { createWebhook, deleteWebhook, readPayloads, refreshWebhook, type WebhookPayload } from '../base-webhooks.js'
import { baseOptions, fieldOptions, tableFields, tableOf, tableOptions } from '../table.js'

const CHANGES = { created: 'add', changed: 'update', deleted: 'remove' } as const
/** A webhook lives for a week. */
const RENEW_MS = 3 * 86_400_000
/** Airtable keeps what a webhook tells of for a week. */
const REMEMBERED_MS = 8 * 86_400_000

const input = z.strictObject({
  ...tableFields,
  changes: z
    .array(z.enum(['created', 'changed', 'deleted']))
    .min(1)
    .default(['created', 'changed'])
    .meta({ title: 'What happens to records' }),
  watched: z
    .array(z.string())
    .default([])
    .meta({ title: 'Only these fields', description: 'Changes of others are not told.', examples: [['Status']] }),
})

type Input = z.output<typeof input>

const values = z.record(z.string(), jsonValue)
const registered = z.object({ id: z.string(), secret: z.string(), table: z.string() })

/** How far a delivery was read: kept once its runs are durable. */
const reached = new WeakMap<IncomingRequest, number>()

/** Starts when records are made, changed or deleted. */
export const recordEvent = webhookTrigger({
  name: 'Something happens to a record',
  description:
    'Starts at once when records of a table are made, changed or deleted. Needs the scope webhook:manage, and the rights of a creator.',
  input,
  output: z.object({
    event: z.enum(['created', 'changed', 'deleted']).meta({ title: 'What happened' }),
    at: z.string().meta({ title: 'When' }),
    record: z.string().meta({ title: 'Id of the record' }),
    fields: values.meta({ title: 'Fields', description: 'As they are now; none of deleted records.' }),
    changed: z.array(z.string()).meta({ title: 'Changed fields' }),
    previous: values.meta({ title: 'Before', description: 'Of changed fields.' }),
  }),
  sampleOutput: {
    event: 'changed',
    at: '2026-04-11T08:00:00.000Z',
    record: 'recExample0000001',
    fields: { Name: 'Red shoes', Price: 42 },
    changed: ['Price'],
    previous: { Price: 40 },
  },
  scopes: ['data.records:read', 'schema.bases:read', 'webhook:manage'],
  options: { base: baseOptions, table: tableOptions, watched: fieldOptions },
  register,
  unregister: ({ registration, input: { base }, ...context }) =>
    deleteWebhook(context, base, String(registration['id'])),
  renewal: { everyMs: RENEW_MS, run: renew },
  verify: ({ request, registration }) => {
    const secret = Buffer.from(String(registration['secret'] ?? ''), 'base64')
    const [scheme, signature] = (request.headers['x-airtable-content-mac'] ?? '').split('=')
    return scheme === 'hmac-sha256' && isHmacValid({ secret, content: request.rawBody, signature })
  },
  parse,
  answer: async (delivery) => {
    const cursor = reached.get(delivery.request)
    // Two deliveries may be read at a time: the one that came further counts.
    if (cursor !== undefined && cursor > (await cursorOf(delivery))) {
      await delivery.store.workflow.set(cursorKey(delivery), cursor, { ttlMs: REMEMBERED_MS })
    }
    return { status: 204 }
  },
})

async function register(context: WebhookContext<Input>): Promise<JsonObject> {
  const { base, changes, watched } = context.input
  const table = await tableOf(context, context.input)
  if (table === undefined) throw new StepError('validation', 'There is no such table', { detail: 'Choose it again.' })
  const unknown = watched.filter((name) => !table.fields.some((field) => field.name === name))
  if (unknown.length > 0) {
    throw new StepError('validation', `There is no field "${unknown[0]}"`, { detail: 'Choose the fields again.' })
  }
  const watchDataInFieldIds = table.fields.filter(({ name }) => watched.includes(name)).map(({ id }) => id)
  const { id, macSecretBase64 } = await createWebhook(context, {
    base,
    url: context.webhookUrl,
    filters: {
      dataTypes: ['tableData'],
      recordChangeScope: table.id,
      changeTypes: changes.map((change) => CHANGES[change]),
      ...(watchDataInFieldIds.length === 0 ? {} : { watchDataInFieldIds }),
    },
  })
  return { id, secret: macSecretBase64, table: table.id }
}

async function renew(context: RegisteredContext<Input>): Promise<JsonObject> {
  const { registration, input: asked } = context
  const isAlive = await refreshWebhook(context, asked.base, String(registration['id']))
  return isAlive ? registration : register(context)
}

/** A delivery says no more than that something has happened. */
async function parse(delivery: WebhookDelivery<Input>): Promise<TriggerItem[]> {
  const { data: hook } = registered.safeParse(delivery.registration)
  if (hook === undefined) return []
  const { base } = delivery.input
  const { payloads, cursor } = await readPayloads(delivery, { base, id: hook.id, cursor: await cursorOf(delivery) })
  reached.set(delivery.request, cursor)
  if (payloads.length === 0) return []
  const table = await tableOf(delivery, { base, table: hook.table })
  const names = new Map(table?.fields.map(({ id, name }) => [id, name]))
  return payloads.flatMap((payload) => itemsOf(payload, { hook, names }))
}

function cursorKey({ registration }: WebhookDelivery<Input>): string {
  return `cursor:${String(registration['id'])}`
}

async function cursorOf(delivery: WebhookDelivery<Input>): Promise<number> {
  return z
    .number()
    .catch(1)
    .parse(await delivery.store.workflow.get(cursorKey(delivery)))
}

interface Naming {
  readonly hook: z.output<typeof registered>
  readonly names: ReadonlyMap<string, string>
}

function itemsOf(payload: WebhookPayload, { hook, names }: Naming): TriggerItem[] {
  const changes = payload.changedTablesById[hook.table]
  if (changes === undefined) return []
  const named = (cells: JsonObject = {}): JsonObject =>
    Object.fromEntries(Object.entries(cells).map(([id, value]) => [names.get(id) ?? id, value]))
  const item = (event: keyof typeof CHANGES, record: string, more: JsonObject = {}): TriggerItem => ({
    id: [hook.id, payload.baseTransactionNumber, record, event].join(':'),
    data: { event, at: payload.timestamp, record, fields: {}, changed: [], previous: {}, ...more },
  })
  return [
    ...Object.entries(changes.createdRecordsById).map(([record, { cellValuesByFieldId }]) =>
      item('created', record, { fields: named(cellValuesByFieldId) }),
    ),
    ...Object.entries(changes.changedRecordsById).map(([record, { current, previous, unchanged }]) => {
      const now = named(current?.cellValuesByFieldId)
      const fields = { ...named(unchanged?.cellValuesByFieldId), ...now }
      return item('changed', record, {
        ...{ fields, changed: Object.keys(now), previous: named(previous?.cellValuesByFieldId) },
      })
    }),
    ...changes.destroyedRecordIds.map((record) => item('deleted', record)),
  ]
}
