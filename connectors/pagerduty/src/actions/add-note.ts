import { action, z } from '@inlay/sdk/connector'
import { fromHeader } from '../auth.js'
import { incidentField, sampleIncident } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

const note = z.object({
  id: z.string().meta({ title: 'Id' }),
  content: z.string().meta({ title: 'Text' }),
  created_at: z.string().meta({ title: 'Written' }),
})

/** Writes a note to an incident. */
export const addNote = action({
  name: 'Add a note',
  description: 'Writes a note to an incident.',
  input: z.strictObject({
    incident: incidentField,
    content: z
      .string()
      .min(1)
      .max(25_000)
      .meta({ title: 'Text', format: 'multiline', examples: ['The payment service is back.'] }),
  }),
  output: note,
  sampleInput: { incident: sampleIncident.id, content: 'The payment service is back.' },
  sampleOutput: { id: 'PWL7QXS', content: 'The payment service is back.', created_at: '2026-04-10T20:20:00Z' },
  scopes: ['incidents.write'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { incident, content } = context.input
    const given = await pagerduty.call(context, {
      method: 'POST',
      url: `/incidents/${encodeURIComponent(incident)}/notes`,
      headers: fromHeader(context.auth),
      json: { note: { content } },
      answer: z.object({ note }),
    })
    return given.note
  },
})
