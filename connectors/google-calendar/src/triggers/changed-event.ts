import { pollingTrigger, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions, dataOf } from '../calendar.js'
import { eventSchema, sampleEvent } from '../event.js'
import { EVENTS_SCOPE } from '../scopes.js'
import { readChanges } from '../sync.js'

/** How far apart the times of making and of changing may lie for an event that is merely new. */
const SAME_MS = 5000

/** Starts for each event that is new or has changed. */
export const changedEvent = pollingTrigger({
  name: 'New or changed event',
  description: 'Starts for each event that is made, changed or deleted. Asks every few minutes.',
  input: z.strictObject({
    calendar: calendarField,
    which: z
      .enum(['all', 'new', 'changed', 'deleted'])
      .default('all')
      .meta({ title: 'Which', description: 'A repeating event counts once, not each of its times.' }),
  }),
  output: eventSchema,
  sampleOutput: sampleEvent,
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  poll: async (context) => {
    const { calendar, which } = context.input
    const before = typeof context.cursor === 'string' ? context.cursor : undefined
    const { events, syncToken } = await readChanges(context, calendar, before)
    const wanted = events.filter((event) => which === 'all' || which === kindOf(event))
    return {
      items: wanted.map((event) => ({ id: `${event.id}:${event.updated ?? event.status}`, data: dataOf(event) })),
      cursor: syncToken,
    }
  },
})

function kindOf({ status, created, updated }: z.output<typeof eventSchema>): 'new' | 'changed' | 'deleted' {
  if (status === 'cancelled') return 'deleted'
  return Date.parse(updated ?? '') - Date.parse(created ?? '') < SAME_MS ? 'new' : 'changed'
}
