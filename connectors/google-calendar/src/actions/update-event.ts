import { action, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions, eventPath } from '../calendar.js'
import {
  endField,
  eventFields,
  eventIdField,
  eventSchema,
  notifyField,
  sampleEvent,
  startField,
  toEventBody,
} from '../event.js'
import { google } from '../google-api.js'
import { EVENTS_SCOPE } from '../scopes.js'

/** Changes an event. */
export const updateEvent = action({
  name: 'Change an event',
  description: 'Changes what is given; the rest stays. Guests take the place of those before.',
  input: z.strictObject({
    calendar: calendarField,
    eventId: eventIdField,
    title: z.string().min(1).optional().meta({ title: 'Title' }),
    start: startField.optional(),
    end: endField.optional(),
    ...eventFields,
    notify: notifyField,
  }),
  output: eventSchema,
  sampleInput: { calendar: 'primary', eventId: 'event1example', title: 'Planning' },
  sampleOutput: sampleEvent,
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  run: (context) => {
    const { calendar, eventId, notify, ...event } = context.input
    return google.call(context, {
      method: 'PATCH',
      url: eventPath(calendar, eventId),
      query: { sendUpdates: notify },
      json: toEventBody(event),
      answer: eventSchema,
    })
  },
})
