import { cursorTime, type JsonObject, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions, audiencePath } from '../audience.js'
import { listAll } from '../mailchimp-api.js'
import { sampleSubscriber, subscriberSchema } from '../subscriber.js'

/** Bounds one poll; the rest follows at once. */
const MOST_AT_ONCE = 5000
const FIRST_LOOK = 1000

/** Starts for each new subscriber. */
export const newSubscriber = pollingTrigger({
  name: 'New subscriber',
  description: 'Starts for each person who subscribes, once they confirmed. Asks Mailchimp every few minutes.',
  input: z.strictObject({ audience: audienceField }),
  output: subscriberSchema,
  sampleOutput: sampleSubscriber,
  options: { audience: audienceOptions },
  poll: async (context) => {
    const { cursor, input } = context
    const since = cursorTime(cursor)
    const limit = since === undefined ? FIRST_LOOK : MOST_AT_ONCE
    const found = await listAll(context, {
      url: audiencePath(input.audience, '/members'),
      list: 'members',
      item: subscriberSchema,
      query: {
        status: 'subscribed',
        since_timestamp_opt: since === undefined ? undefined : new Date(since).toISOString(),
        sort_field: 'timestamp_opt',
        // What is there already need not be read in full; what is new must be, oldest first.
        sort_dir: since === undefined ? 'DESC' : 'ASC',
        exclude_fields: 'members._links,_links',
      },
      limit,
    })
    // Who was imported without a time of consent has none; the audience's event tells of them.
    const dated = found.flatMap((each) => (each.timestamp_opt ? [{ each, at: each.timestamp_opt }] : []))
    const result = newByTime(dated, {
      cursor,
      // Somebody who left and subscribes again is new again.
      idOf: ({ each, at }) => `${each.id}:${at}`,
      timeOf: ({ at }) => at,
      // It has come as JSON; only fields that may be absent keep its type from saying so.
      dataOf: ({ each }) => each as JsonObject,
    })
    return { ...result, hasMore: since !== undefined && found.length === limit && result.items.length > 0 }
  },
})
