import { defineConnector } from '@inlay/sdk/connector'
import { createEvent } from './actions/create-event.js'
import { deleteEvent } from './actions/delete-event.js'
import { findBusyTimes } from './actions/find-busy-times.js'
import { getEvent } from './actions/get-event.js'
import { listCalendars } from './actions/list-calendars.js'
import { listChangedEvents } from './actions/list-changed-events.js'
import { listEvents } from './actions/list-events.js'
import { quickAdd } from './actions/quick-add.js'
import { updateEvent } from './actions/update-event.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { calendarChanged } from './triggers/calendar-changed.js'
import { changedEvent } from './triggers/changed-event.js'
import { eventStartsSoon } from './triggers/event-starts-soon.js'

/** Events in Google Calendar. */
export const connector = defineConnector({
  id: 'google-calendar',
  version: '1.0.0',
  name: 'Google Calendar',
  description: 'Create, change and find events and free times in Google Calendar.',
  icon,
  color: '#4285f4',
  categories: ['productivity'],
  docs: [
    'Sign in with Google; or paste the JSON key of a service account, and share calendars with its address.',
    '',
    'The Calendar API must be enabled in the Google Cloud project of the OAuth client or the service account. "Calendar changed" needs an address with HTTPS and a valid certificate; Google says that something has changed, and "List changed events" tells what.',
    '',
    'A service account can invite guests only on behalf of a person of your organisation.',
  ].join('\n'),
  auth,
  api: { baseUrl: 'https://www.googleapis.com' },
  actions: {
    createEvent,
    updateEvent,
    getEvent,
    deleteEvent,
    listEvents,
    listChangedEvents,
    quickAdd,
    findBusyTimes,
    listCalendars,
  },
  triggers: { changedEvent, eventStartsSoon, calendarChanged },
})
