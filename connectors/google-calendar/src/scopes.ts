/** For events of all calendars. */
export const EVENTS_SCOPE = 'https://www.googleapis.com/auth/calendar.events'

/** For names and busy times of calendars. */
export const READ_SCOPE = 'https://www.googleapis.com/auth/calendar.readonly'

/** What people are asked for; a service account asks for the same. */
export const SCOPES = [
  { scope: EVENTS_SCOPE, description: 'See and change events of your calendars' },
  { scope: READ_SCOPE, description: 'See your calendars and when you are busy' },
] as const
