import { action, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions, eventsPath } from '../calendar.js'
import { eventSchema, notifyField, sampleEvent } from '../event.js'
import { google } from '../google-api.js'
import { EVENTS_SCOPE } from '../scopes.js'

/** Makes an event of a sentence. */
export const quickAdd = action({
  name: 'Quickly add an event',
  description: 'Makes an event of a sentence, which Google understands by itself.',
  input: z.strictObject({
    calendar: calendarField,
    text: z
      .string()
      .min(1)
      .meta({ title: 'Sentence', examples: ['Lunch with Kim tomorrow 12:30'] }),
    notify: notifyField,
  }),
  output: eventSchema,
  sampleInput: { calendar: 'primary', text: 'Lunch with Kim tomorrow 12:30' },
  sampleOutput: sampleEvent,
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  // This request takes no id of the caller's: repeating after a crash would make a second event.
  delivery: 'at-most-once',
  run: (context) => {
    const { calendar, text, notify } = context.input
    return google.call(context, {
      method: 'POST',
      url: `${eventsPath(calendar)}/quickAdd`,
      query: { text, sendUpdates: notify },
      answer: eventSchema,
    })
  },
})
