import { action, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions, eventPath } from '../calendar.js'
import { eventIdField, notifyField } from '../event.js'
import { google, isGone } from '../google-api.js'
import { EVENTS_SCOPE } from '../scopes.js'

/** Deletes an event. */
export const deleteEvent = action({
  name: 'Delete an event',
  description: 'Deletes an event. One that is gone already is no error.',
  input: z.strictObject({ calendar: calendarField, eventId: eventIdField, notify: notifyField }),
  output: z.object({ wasThere: z.boolean().meta({ title: 'It was there' }) }),
  sampleInput: { calendar: 'primary', eventId: 'event1example' },
  sampleOutput: { wasThere: true },
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  run: async (context) => {
    const { calendar, eventId, notify } = context.input
    try {
      const url = eventPath(calendar, eventId)
      await google.call(context, { method: 'DELETE', url, query: { sendUpdates: notify } })
      return { wasThere: true }
    } catch (error) {
      if (isGone(error)) return { wasThere: false }
      throw error
    }
  },
})
