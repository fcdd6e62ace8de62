import { cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { eventOutput, eventsField, sampleEvent, stripeEvent, toOutput } from '../event.js'
import { listAll } from '../stripe-api.js'

/** Newest first: of more than this in one poll, the oldest would be missed. */
const MAX_EVENTS = 5000

/** Starts for events of the account, without a webhook. */
export const newEvent = pollingTrigger({
  name: 'New event',
  description: 'Starts when something happens in Stripe. Asks every few minutes, for keys that may not write webhooks.',
  input: z.strictObject({ events: eventsField }),
  output: eventOutput,
  sampleOutput: sampleEvent,
  poll: async (context) => {
    const since = cursorTime(context.cursor)
    const events = await listAll(context, {
      url: '/v1/events',
      query: {
        'types[]': context.input.events,
        'created[gte]': since === undefined ? undefined : Math.floor(since / 1000),
      },
      item: stripeEvent,
      // The first poll only learns where to begin.
      limit: since === undefined ? 100 : MAX_EVENTS,
    })
    return newByTime(events, {
      cursor: context.cursor,
      idOf: ({ id }) => id,
      timeOf: ({ created }) => created * 1000,
      dataOf: toOutput,
    })
  },
})
