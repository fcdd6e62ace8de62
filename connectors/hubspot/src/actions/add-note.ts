import { action, z } from '@inlay/sdk/connector'
import { ownerOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { objectTypeField, recordIdField, recordPath, recordSchema, sampleRecord } from '../record.js'

/** HubSpot's own numbers for what a note belongs to. */
const ASSOCIATION_TYPE = { contacts: 202, companies: 190, deals: 214, tickets: 228 } as const

/** Writes a note on a record. */
export const addNote = action({
  name: 'Add a note',
  description: 'Writes a note into the history of a record.',
  input: z.strictObject({
    objectType: objectTypeField,
    id: recordIdField,
    text: z
      .string()
      .min(1)
      .max(65_536)
      .meta({ title: 'Text', format: 'multiline', examples: ['Called about the renewal.'] }),
    ownerId: z.string().optional().meta({ title: 'Owner' }),
  }),
  output: recordSchema,
  sampleInput: { objectType: 'contacts', id: '512', text: 'Called about the renewal.' },
  sampleOutput: { ...sampleRecord, properties: { hs_note_body: 'Called about the renewal.' } },
  options: { ownerId: ownerOptions },
  // HubSpot knows no idempotency key: repeating after a crash would write a second note.
  delivery: 'at-most-once',
  run: (context) => {
    const { objectType, id, text, ownerId } = context.input
    const type = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: ASSOCIATION_TYPE[objectType] }
    return hubspot.call(context, {
      method: 'POST',
      url: recordPath('notes'),
      json: {
        properties: { hs_timestamp: new Date().toISOString(), hs_note_body: text, hubspot_owner_id: ownerId },
        associations: [{ to: { id }, types: [type] }],
      },
      answer: recordSchema,
    })
  },
})
