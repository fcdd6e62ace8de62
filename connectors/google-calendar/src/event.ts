import { type JsonInput, z } from '@inlay/sdk/connector'

/** A day, or a moment with its offset. */
const when = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    'must be a moment such as 2026-04-10T09:00:00+02:00, or a day',
  )
  .meta({ title: 'Time', description: 'A moment such as 2026-04-10T09:00:00+02:00, or a day for all-day events.' })

/** The field for when an event begins. */
export const startField = when.meta({ title: 'Start', examples: ['2026-04-10T09:00:00+02:00'] })

/** The field for when an event ends. */
export const endField = when.meta({
  title: 'End',
  description: 'Not part of the event any more: an all-day event of one day ends on the next.',
  examples: ['2026-04-10T10:00:00+02:00'],
})

/** The field by which actions name an event. */
export const eventIdField = z
  .string()
  .min(1)
  .meta({ title: 'Event id', examples: ['event1example'] })

/** Whom Google tells of a change. */
export const notifyField = z
  .enum(['all', 'externalOnly', 'none'])
  .default('all')
  .meta({ title: 'Tell guests', description: 'externalOnly: those who do not use Google Calendar.' })

/** What people write into an event beside its times. */
export const eventFields = {
  description: z.string().optional().meta({ title: 'Description', format: 'multiline' }),
  location: z.string().optional().meta({ title: 'Place' }),
  guests: z
    .array(z.email())
    .max(200)
    .optional()
    .meta({ title: 'Guests', examples: [['kim@acme.example']] }),
  timeZone: z
    .string()
    .optional()
    .meta({ title: 'Time zone', description: 'Needed by events that repeat.', examples: ['Europe/Berlin'] }),
  recurrence: z
    .array(z.string().regex(/^(RRULE|EXRULE|RDATE|EXDATE)[:;]/, 'must be a rule such as RRULE:FREQ=WEEKLY'))
    .optional()
    .meta({ title: 'Repeats', description: 'Rules of iCalendar.', examples: [['RRULE:FREQ=WEEKLY;COUNT=10']] }),
  colorId: z.string().optional().meta({ title: 'Colour', description: 'A number from 1 to 11.' }),
  visibility: z.enum(['default', 'public', 'private', 'confidential']).optional().meta({ title: 'Who sees it' }),
  isFree: z.boolean().optional().meta({ title: 'Show as free' }),
}

interface EventInput extends Partial<z.output<z.ZodObject<typeof eventFields>>> {
  readonly title?: string | undefined
  readonly start?: string | undefined
  readonly end?: string | undefined
}

/** An event as the API takes it; what is not given is left out. */
export function toEventBody(input: EventInput): Record<string, JsonInput | undefined> {
  const { title, start, end, guests, isFree, timeZone, description, location, recurrence, colorId, visibility } = input
  return {
    summary: title,
    description,
    location,
    recurrence,
    colorId,
    visibility,
    start: start === undefined ? undefined : toTime(start, timeZone),
    end: end === undefined ? undefined : toTime(end, timeZone),
    attendees: guests?.map((email) => ({ email })),
    transparency: isFree === undefined ? undefined : isFree ? 'transparent' : 'opaque',
  }
}

/** Null takes back what was there: a day that becomes a moment, and the other way round. */
function toTime(time: string, timeZone: string | undefined): Record<string, JsonInput | undefined> {
  return time.includes('T') ? { dateTime: time, date: null, timeZone } : { date: time, dateTime: null }
}

const timeSchema = z.object({
  dateTime: z.string().optional(),
  date: z.string().optional(),
  timeZone: z.string().optional(),
})

const personSchema = z.object({ email: z.string().optional(), displayName: z.string().optional() })

/** What automations need of an event. */
export const eventSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  status: z
    .string()
    .meta({ title: 'State', description: '"confirmed", "tentative", or "cancelled" when it is deleted.' }),
  summary: z.string().optional().meta({ title: 'Title' }),
  description: z.string().optional().meta({ title: 'Description' }),
  location: z.string().optional().meta({ title: 'Place' }),
  htmlLink: z.string().optional().meta({ title: 'Address' }),
  hangoutLink: z.string().optional().meta({ title: 'Address of the video call' }),
  start: timeSchema.optional().meta({ title: 'Start' }),
  end: timeSchema.optional().meta({ title: 'End' }),
  created: z.string().optional().meta({ title: 'Created' }),
  updated: z.string().optional().meta({ title: 'Changed' }),
  organizer: personSchema.optional().meta({ title: 'Organiser' }),
  attendees: z
    .array(personSchema.extend({ responseStatus: z.string().optional() }))
    .optional()
    .meta({ title: 'Guests' }),
  recurringEventId: z.string().optional().meta({ title: 'Id of the repeating event' }),
})

/** An event, for forms. */
export const sampleEvent = {
  id: 'event1example',
  status: 'confirmed',
  summary: 'Planning',
  htmlLink: 'https://calendar.google.com/calendar/event?eid=example',
  start: { dateTime: '2026-04-10T09:00:00+02:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-04-10T10:00:00+02:00', timeZone: 'Europe/Berlin' },
  created: '2026-04-01T08:00:00.000Z',
  updated: '2026-04-01T08:00:00.000Z',
  organizer: { email: 'kim@acme.example' },
  attendees: [{ email: 'lee@acme.example', responseStatus: 'needsAction' }],
}
