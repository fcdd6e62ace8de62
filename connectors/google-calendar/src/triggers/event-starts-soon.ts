import { newById, pollingTrigger, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions, dataOf, readEvents } from '../calendar.js'
import { eventSchema, sampleEvent } from '../event.js'
import { EVENTS_SCOPE } from '../scopes.js'

const MINUTE_MS = 60_000

/** Starts some time before an event begins. */
export const eventStartsSoon = pollingTrigger({
  name: 'Event starts soon',
  description: 'Starts some minutes before an event begins. All-day events are left out.',
  input: z.strictObject({
    calendar: calendarField,
    minutesBefore: z.coerce.number().int().min(1).max(10_080).default(15).meta({ title: 'Minutes before' }),
    text: z.string().optional().meta({ title: 'Only events that contain' }),
  }),
  output: eventSchema,
  sampleOutput: sampleEvent,
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  intervalMs: MINUTE_MS,
  poll: async (context) => {
    const { input, now } = context
    const until = now + input.minutesBefore * MINUTE_MS
    const items = []
    let pageToken: string | undefined
    do {
      const page = await readEvents(context, input.calendar, {
        // Google gives events that end after the one and begin before the other.
        timeMin: new Date(now).toISOString(),
        timeMax: new Date(until).toISOString(),
        q: input.text || undefined,
        singleEvents: true,
        orderBy: 'startTime',
        maxResults: 250,
        pageToken,
      })
      items.push(...page.items)
      pageToken = page.nextPageToken
    } while (pageToken !== undefined)
    // Google gives events that have begun and go on, too.
    const soon = items.filter(({ start }) => Date.parse(start?.dateTime ?? '') > now)
    // An event that is put off starts the workflow again for its new time.
    return newById(soon, {
      cursor: context.cursor,
      idOf: (event) => `${event.id}:${event.start?.dateTime}`,
      dataOf,
    })
  },
})
