import { action, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions } from '../calendar.js'
import { eventSchema, sampleEvent } from '../event.js'
import { EVENTS_SCOPE } from '../scopes.js'
import { readChanges } from '../sync.js'

/** Where the workflow is: `after` the last time, `before` for a repetition of that very time. */
const placeSchema = z.object({ key: z.string(), before: z.string().optional(), after: z.string() })

/** Lists what has changed since the workflow asked before. */
export const listChangedEvents = action({
  name: 'List changed events',
  description:
    'Lists events that are new, changed or deleted since this workflow asked before. Use it after the trigger "Calendar changed".',
  input: z.strictObject({ calendar: calendarField }),
  output: z.object({ events: z.array(eventSchema).meta({ title: 'Events' }) }),
  sampleInput: { calendar: 'primary' },
  sampleOutput: { events: [sampleEvent] },
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  run: async (context) => {
    const { input, store, idempotencyKey: key } = context
    const name = `sync:${input.calendar}`.slice(0, 200)
    const place = placeSchema.safeParse(await store.workflow.get(name)).data
    const before = place?.key === key ? place.before : place?.after
    const { events, syncToken } = await readChanges(context, input.calendar, before)
    await store.workflow.set(name, { key, after: syncToken, ...(before === undefined ? {} : { before }) })
    return { events: [...events] }
  },
})
