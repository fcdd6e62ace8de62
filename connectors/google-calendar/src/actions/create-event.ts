import { createHash } from 'node:crypto'
import { action, hasStatus, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions, eventPath, eventsPath } from '../calendar.js'
import { endField, eventFields, eventSchema, notifyField, sampleEvent, startField, toEventBody } from '../event.js'
import { google } from '../google-api.js'
import { EVENTS_SCOPE } from '../scopes.js'

/** Makes an event. */
export const createEvent = action({
  name: 'Create an event',
  description: 'Makes an event in a calendar and invites guests.',
  input: z.strictObject({
    calendar: calendarField,
    title: z
      .string()
      .min(1)
      .meta({ title: 'Title', examples: ['Planning'] }),
    start: startField,
    end: endField,
    ...eventFields,
    withVideoCall: z.boolean().default(false).meta({ title: 'With a video call', description: 'On Google Meet.' }),
    notify: notifyField,
  }),
  output: eventSchema,
  sampleInput: {
    calendar: 'primary',
    title: 'Planning',
    start: '2026-04-10T09:00:00+02:00',
    end: '2026-04-10T10:00:00+02:00',
  },
  sampleOutput: sampleEvent,
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  run: async (context) => {
    const { calendar, withVideoCall, notify, ...event } = context.input
    // Google lets callers choose the id, and refuses a second event of the same: a repetition finds the first.
    const id = createHash('sha256').update(context.idempotencyKey).digest('hex').slice(0, 40)
    const conference = { createRequest: { requestId: id, conferenceSolutionKey: { type: 'hangoutsMeet' } } }
    try {
      return await google.call(context, {
        method: 'POST',
        url: eventsPath(calendar),
        query: { sendUpdates: notify, conferenceDataVersion: withVideoCall ? 1 : undefined },
        json: { id, ...toEventBody(event), conferenceData: withVideoCall ? conference : undefined },
        answer: eventSchema,
      })
    } catch (error) {
      // There is an event of this id: an earlier attempt has made it.
      if (!hasStatus(error, 409)) throw error
      return google.call(context, { url: eventPath(calendar, id), answer: eventSchema })
    }
  },
})
