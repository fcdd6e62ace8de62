import { action, StepError, z } from '@inlay/sdk/connector'
import { calendarOptions } from '../calendar.js'
import { google } from '../google-api.js'
import { READ_SCOPE } from '../scopes.js'

const span = z.object({ start: z.string().meta({ title: 'Start' }), end: z.string().meta({ title: 'End' }) })
const answer = z.object({
  calendars: z.record(
    z.string(),
    z.object({ busy: z.array(span).default([]), errors: z.array(z.object({ reason: z.string() })).optional() }),
  ),
})
const moment = z.iso.datetime({ offset: true })

/** Finds out when calendars are busy. */
export const findBusyTimes = action({
  name: 'Find busy times',
  description: 'Tells when calendars are busy, as for finding a time to meet.',
  input: z.strictObject({
    calendars: z
      .array(z.string().min(1))
      .min(1)
      .max(50)
      .default(['primary'])
      .meta({ title: 'Calendars', description: 'Ids of calendars, such as addresses of people.' }),
    from: moment.meta({ title: 'From', examples: ['2026-04-10T00:00:00Z'] }),
    to: moment.meta({ title: 'To', examples: ['2026-04-11T00:00:00Z'] }),
  }),
  output: z.object({
    isFree: z.boolean().meta({ title: 'All are free all the time' }),
    busy: z.array(span.extend({ calendar: z.string().meta({ title: 'Calendar' }) })).meta({ title: 'Busy times' }),
  }),
  sampleInput: { calendars: ['primary'], from: '2026-04-10T00:00:00Z', to: '2026-04-11T00:00:00Z' },
  sampleOutput: {
    isFree: false,
    busy: [{ calendar: 'primary', start: '2026-04-10T07:00:00Z', end: '2026-04-10T08:00:00Z' }],
  },
  scopes: [READ_SCOPE],
  options: { calendars: calendarOptions },
  run: async (context) => {
    const { calendars, from, to } = context.input
    const items = calendars.map((id) => ({ id }))
    const json = { timeMin: from, timeMax: to, items }
    const told = await google.call(context, { method: 'POST', url: '/calendar/v3/freeBusy', json, answer })
    const entries = Object.entries(told.calendars)
    // Google answers with success where it may not tell; taken for free, people would be booked twice.
    const [failed] = entries.filter(([, { errors = [] }]) => errors.length > 0)
    if (failed !== undefined) {
      throw new StepError('rejected', `Google Calendar does not tell when "${failed[0]}" is busy`, {
        detail: `It says: ${failed[1].errors?.map(({ reason }) => reason).join(', ')}.`,
      })
    }
    const busy = entries.flatMap(([calendar, times]) => times.busy.map((time) => ({ calendar, ...time })))
    return { isFree: busy.length === 0, busy }
  },
})
