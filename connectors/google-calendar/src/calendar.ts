import {
  type JsonObject,
  jsonObject,
  type OptionsContext,
  type QueryValue,
  type ServiceContext,
  z,
} from '@inlay/sdk/connector'
import { eventSchema } from './event.js'
import { google } from './google-api.js'

/** The field by which forms name a calendar. */
export const calendarField = z
  .string()
  .min(1)
  .default('primary')
  .meta({ title: 'Calendar', description: '"primary" is the account\'s own.', examples: ['primary'] })

/** The path of a calendar's events in the API. */
export function eventsPath(calendar: string): string {
  return `/calendar/v3/calendars/${encodeURIComponent(calendar)}/events`
}

/** The path of one event. */
export function eventPath(calendar: string, event: string): string {
  return `${eventsPath(calendar)}/${encodeURIComponent(event)}`
}

/** A calendar of the account's list. */
export const calendarSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  summary: z.string().default('').meta({ title: 'Name' }),
  timeZone: z.string().optional().meta({ title: 'Time zone' }),
  accessRole: z.string().optional().meta({ title: 'What the account may do' }),
  primary: z.boolean().optional().meta({ title: "The account's own" }),
})

/** One page of the account's calendars. */
export function readCalendars(context: ServiceContext, pageToken: string | undefined) {
  return google.call(context, {
    url: '/calendar/v3/users/me/calendarList',
    query: { maxResults: 250, pageToken },
    answer: z.object({ items: z.array(calendarSchema), nextPageToken: z.string().optional() }),
  })
}

/** The account's calendars, as choices. */
export async function calendarOptions(context: OptionsContext) {
  const { items, nextPageToken } = await readCalendars(context, context.cursor)
  return {
    options: items.map(({ id, summary }) => ({ value: id, label: summary || id })),
    ...(nextPageToken === undefined ? {} : { nextCursor: nextPageToken }),
  }
}

const eventsSchema = z.object({
  items: z.array(eventSchema),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
})

/** One page of a calendar's events. */
export function readEvents(
  context: ServiceContext,
  calendar: string,
  query: Readonly<Record<string, QueryValue | undefined>>,
) {
  return google.call(context, { url: eventsPath(calendar), query, answer: eventsSchema })
}

/** What the workflow sees of an event. */
export function dataOf(event: z.output<typeof eventSchema>): JsonObject {
  return jsonObject.parse(event)
}
