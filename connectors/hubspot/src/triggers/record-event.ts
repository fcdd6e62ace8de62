import { type AppEventDelivery, appWebhookTrigger, hasStatus, jsonValue, z } from '@inlay/sdk/connector'
import { objectTypeOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { propertyOptions } from '../properties.js'
import { objectTypeField, recordPath, recordSchema, wantedField } from '../record.js'

const EVENTS = [
  'creation',
  'propertyChange',
  'deletion',
  'restore',
  'merge',
  'associationChange',
  'privacyDeletion',
] as const

const output = z.object({
  objectType: z.string().meta({ title: 'Kind of record' }),
  event: z.string().meta({ title: 'Event' }),
  recordId: z.string().meta({ title: 'Record id' }),
  property: z.string().nullable().meta({ title: 'Property that changed' }),
  value: z.string().nullable().meta({ title: 'New value' }),
  otherRecordIds: z
    .array(z.string())
    .meta({ title: 'Ids of other records', description: 'Merged into it, or connected with it.' }),
  wasRemoved: z.boolean().nullable().meta({ title: 'Is the connection gone', description: 'Of a change of those.' }),
  source: z.string().nullable().meta({ title: 'What changed it' }),
  occurredAt: z.string().meta({ title: 'When' }),
  record: recordSchema.nullable().meta({ title: 'Record', description: 'When properties to read are named.' }),
})

const input = z.strictObject({
  objectType: objectTypeField,
  events: z.array(z.enum(EVENTS)).min(1).default(['creation']).meta({ title: 'Events' }),
  property: z
    .string()
    .optional()
    .meta({ title: 'Only this property', description: 'Of changes.', examples: ['lifecyclestage'] }),
  properties: wantedField.meta({
    title: 'Properties to read',
    description: 'The record is read when some are named.',
    examples: [['email', 'lifecyclestage']],
  }),
})

/** Starts at once when something happens to records. */
export const recordEvent = appWebhookTrigger({
  name: 'Record event',
  description:
    'Starts at once when a record is created, a property or connection of it changes, it is merged, deleted or restored.',
  input,
  output,
  sampleOutput: {
    objectType: 'contacts',
    event: 'propertyChange',
    recordId: '512',
    property: 'lifecyclestage',
    value: 'customer',
    otherRecordIds: [],
    wasRemoved: null,
    source: 'CRM',
    occurredAt: '2026-04-10T20:09:31.123Z',
    record: null,
  },
  options: { objectType: objectTypeOptions, property: propertyOptions, properties: propertyOptions },
  events: EVENTS,
  parse: async (delivery) => {
    const { event, input } = delivery
    const told = output.omit({ record: true }).safeParse(event.data)
    if (!told.success || told.data.objectType !== input.objectType) return []
    if (!input.events.some((wanted) => wanted === told.data.event)) return []
    const isOther = input.property !== undefined && told.data.property !== input.property
    if (told.data.event === 'propertyChange' && isOther) return []
    const record = jsonValue.parse(await readRecord(delivery, told.data.recordId))
    return [{ id: event.id, data: { ...told.data, record } }]
  },
})

/** The record as it is now; null when nobody asked for it, or it is gone. */
async function readRecord(delivery: AppEventDelivery<z.output<typeof input>>, recordId: string) {
  const { objectType, properties } = delivery.input
  if (properties.length === 0) return null
  try {
    const query = { properties: properties.join(',') }
    return await hubspot.call(delivery, { url: recordPath(objectType, recordId), query, answer: recordSchema })
  } catch (error) {
    if (hasStatus(error, 404)) return null
    throw error
  }
}
