import { action, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions, audiencePath } from '../audience.js'
import { listAll } from '../mailchimp-api.js'
import { STATUSES, sampleSubscriber, subscriberSchema } from '../subscriber.js'

/** Lists subscribers. */
export const listSubscribers = action({
  name: 'List subscribers',
  description: 'Lists the subscribers of an audience, as many as you say.',
  input: z.strictObject({
    audience: audienceField,
    status: z.enum(STATUSES).optional().meta({ title: 'Status', description: 'Left empty, all of them.' }),
    changedSince: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ title: 'Changed since', examples: ['2026-04-10T00:00:00Z'] }),
    limit: z.coerce.number().int().min(1).max(5000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ subscribers: z.array(subscriberSchema).meta({ title: 'Subscribers' }) }),
  sampleInput: { audience: 'aud1', status: 'subscribed' },
  sampleOutput: { subscribers: [sampleSubscriber] },
  options: { audience: audienceOptions },
  run: async (context) => {
    const { audience, status, changedSince, limit } = context.input
    const query = { status, since_last_changed: changedSince, exclude_fields: 'members._links,_links' }
    const url = audiencePath(audience, '/members')
    return { subscribers: await listAll(context, { url, list: 'members', item: subscriberSchema, query, limit }) }
  },
})
