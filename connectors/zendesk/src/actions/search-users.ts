import { action, z } from '@inlay/sdk/connector'
import { sampleUser, userSchema } from '../person.js'
import { search } from '../zendesk-api.js'

/** Searches people. */
export const searchUsers = action({
  name: 'Search people',
  description: 'Finds end users and agents by Zendesk’s search words.',
  input: z.strictObject({
    query: z
      .string()
      .min(1)
      .meta({ title: 'Search', examples: ['email:roger@example.org', 'role:agent'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ users: z.array(userSchema).meta({ title: 'People' }) }),
  sampleInput: { query: 'email:roger@example.org' },
  sampleOutput: { users: [sampleUser] },
  scopes: ['read'],
  run: async (context) => ({ users: await search(context, { type: 'user', item: userSchema, ...context.input }) }),
})
