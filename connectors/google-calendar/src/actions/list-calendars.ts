import { action, collectPages, z } from '@inlay/sdk/connector'
import { calendarSchema, readCalendars } from '../calendar.js'
import { READ_SCOPE } from '../scopes.js'

/** Lists the account's calendars. */
export const listCalendars = action({
  name: 'List calendars',
  description: 'Lists the calendars of the account, those shared with it among them.',
  input: z.strictObject({}),
  output: z.object({ calendars: z.array(calendarSchema).meta({ title: 'Calendars' }) }),
  sampleInput: {},
  sampleOutput: {
    calendars: [
      { id: 'kim@acme.example', summary: 'Kim', timeZone: 'Europe/Berlin', accessRole: 'owner', primary: true },
    ],
  },
  scopes: [READ_SCOPE],
  run: async (context) => {
    const read = async (pageToken: string) => {
      const { items, nextPageToken } = await readCalendars(context, pageToken || undefined)
      return { items, next: nextPageToken }
    }
    return { calendars: await collectPages(read, '') }
  },
})
