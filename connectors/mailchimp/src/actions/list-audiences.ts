import { action, z } from '@inlay/sdk/connector'
import { audienceSchema } from '../audience.js'
import { listAll } from '../mailchimp-api.js'

/** Lists audiences. */
export const listAudiences = action({
  name: 'List audiences',
  description: 'Lists the audiences of the account with their numbers.',
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }) }),
  output: z.object({ audiences: z.array(audienceSchema).meta({ title: 'Audiences' }) }),
  sampleInput: {},
  sampleOutput: {
    audiences: [
      {
        id: 'aud1',
        name: 'Newsletter',
        date_created: '2026-01-10T20:09:31+00:00',
        stats: { member_count: 120, unsubscribe_count: 4 },
      },
    ],
  },
  run: async (context) => ({
    audiences: await listAll(context, {
      url: '/lists',
      list: 'lists',
      item: audienceSchema,
      limit: context.input.limit,
    }),
  }),
})
