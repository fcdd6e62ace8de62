import { action, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions, eventPath } from '../calendar.js'
import { eventIdField, eventSchema, sampleEvent } from '../event.js'
import { google } from '../google-api.js'
import { EVENTS_SCOPE } from '../scopes.js'

/** Reads an event. */
export const getEvent = action({
  name: 'Get an event',
  description: 'Reads an event.',
  input: z.strictObject({ calendar: calendarField, eventId: eventIdField }),
  output: eventSchema,
  sampleInput: { calendar: 'primary', eventId: 'event1example' },
  sampleOutput: sampleEvent,
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  run: (context) => {
    const { calendar, eventId } = context.input
    return google.call(context, { url: eventPath(calendar, eventId), answer: eventSchema })
  },
})
