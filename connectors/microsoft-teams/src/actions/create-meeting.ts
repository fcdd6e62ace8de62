import { action, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'

const meeting = z.object({
  id: z.string().meta({ title: 'Id' }),
  joinWebUrl: z.string().meta({ title: 'Address to join' }),
  subject: z.string().nullish().meta({ title: 'Subject' }),
  startDateTime: z.string().nullish().meta({ title: 'Begins' }),
  endDateTime: z.string().nullish().meta({ title: 'Ends' }),
})

const moment = (title: string, example: string) => z.iso.datetime({ offset: true }).meta({ title, examples: [example] })

/** Creates an online meeting. */
export const createMeeting = action({
  name: 'Create a meeting',
  description: 'Creates an online meeting with an address to join; it is put into no calendar.',
  input: z.strictObject({
    subject: z
      .string()
      .min(1)
      .meta({ title: 'Subject', examples: ['Kick-off'] }),
    start: moment('Begins', '2026-04-20T09:00:00Z'),
    end: moment('Ends', '2026-04-20T09:30:00Z'),
  }),
  output: meeting,
  sampleInput: { subject: 'Kick-off', start: '2026-04-20T09:00:00Z', end: '2026-04-20T09:30:00Z' },
  sampleOutput: {
    id: 'meeting-1',
    joinWebUrl: 'https://teams.microsoft.com/l/meetup-join/1',
    subject: 'Kick-off',
    startDateTime: '2026-04-20T09:00:00Z',
    endDateTime: '2026-04-20T09:30:00Z',
  },
  scopes: ['OnlineMeetings.ReadWrite'],
  run: (context) => {
    const { subject, start, end } = context.input
    return callGraph(context, {
      method: 'POST',
      // Of the same external id there is one meeting, however often it is asked for.
      url: '/me/onlineMeetings/createOrGet',
      json: { externalId: context.idempotencyKey, subject, startDateTime: toUtc(start), endDateTime: toUtc(end) },
      answer: meeting,
    })
  },
})

/** Graph documents both times as UTC. */
function toUtc(moment: string): string {
  return new Date(moment).toISOString()
}
