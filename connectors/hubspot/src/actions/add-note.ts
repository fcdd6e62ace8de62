import { action, z } from '@inlay/sdk/connector'
import { NOTE_TO } from '../association-types.js'
import { ownerOptions } from '../choices.js'
import { createConnected } from '../connected-record.js'
import { recordIdField, recordSchema, sampleRecord, usualTypeField } from '../record.js'

/** Writes a note on a record. */
export const addNote = action({
  name: 'Add a note',
  description: 'Writes a note into the history of a record.',
  input: z.strictObject({
    objectType: usualTypeField,
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
  scopes: ['crm.objects.contacts.write'],
  options: { ownerId: ownerOptions },
  // HubSpot knows no idempotency key: repeating after a crash would write a second note.
  delivery: 'at-most-once',
  run: (context) => {
    const { objectType, id, text, ownerId } = context.input
    return createConnected(context, {
      objectType: 'notes',
      properties: { hs_timestamp: new Date().toISOString(), hs_note_body: text, hubspot_owner_id: ownerId },
      connections: [[[id], NOTE_TO[objectType]]],
    })
  },
})
