import { action, collectPages, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions, readEvents } from '../calendar.js'
import { eventSchema, sampleEvent } from '../event.js'
import { EVENTS_SCOPE } from '../scopes.js'

const moment = z.iso.datetime({ offset: true }).optional()

/** Lists events. */
export const listEvents = action({
  name: 'List events',
  description: 'Lists events of a calendar in their order; each time of those that repeat.',
  input: z.strictObject({
    calendar: calendarField,
    from: moment.meta({ title: 'From', examples: ['2026-04-10T00:00:00Z'] }),
    to: moment.meta({ title: 'To', examples: ['2026-04-11T00:00:00Z'] }),
    text: z.string().optional().meta({ title: 'Contains' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ events: z.array(eventSchema).meta({ title: 'Events' }) }),
  sampleInput: { calendar: 'primary', from: '2026-04-10T00:00:00Z' },
  sampleOutput: { events: [sampleEvent] },
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  run: async (context) => {
    const { calendar, from, to, text, limit } = context.input
    const read = async (pageToken: string) => {
      const { items, nextPageToken } = await readEvents(context, calendar, {
        timeMin: from,
        timeMax: to,
        q: text || undefined,
        singleEvents: true,
        orderBy: 'startTime',
        maxResults: Math.min(limit, 250),
        pageToken: pageToken || undefined,
      })
      return { items, next: nextPageToken }
    }
    return { events: await collectPages(read, '', { maxItems: limit }) }
  },
})
