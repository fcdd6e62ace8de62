import { action, collectPages, z } from '@inlay/sdk/connector'
import { jira } from '../jira-api.js'
import { jiraUser } from '../user.js'

const PAGE_SIZE = 100

/** Finds people. */
export const searchUsers = action({
  name: 'Search users',
  description: 'Finds people by name or e-mail address.',
  input: z.strictObject({
    query: z
      .string()
      .min(1)
      .meta({ title: 'Name or e-mail', examples: ['kim'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({
    users: z
      .array(
        z.object({
          id: z.string().meta({ title: 'Id' }),
          name: z.string().meta({ title: 'Name' }),
          email: z.string().nullable().meta({ title: 'E-mail', description: 'Where the person shows it.' }),
          active: z.boolean().meta({ title: 'Is active' }),
        }),
      )
      .meta({ title: 'Users' }),
  }),
  sampleInput: { query: 'kim' },
  sampleOutput: {
    users: [{ id: '5b10a2844c20165700ede21g', name: 'Kim', email: 'kim@example.com', active: true }],
  },
  scopes: ['read:jira-user'],
  run: async (context) => {
    const { query, limit } = context.input
    const read = async (startAt: number) => {
      const users = await jira.call(context, {
        url: '/rest/api/3/user/search',
        query: { query, startAt, maxResults: PAGE_SIZE },
        answer: z.array(jiraUser),
      })
      // Jira filters after it has cut pages: a short page need not be the last, an empty one is.
      return { items: users, next: users.length === 0 ? undefined : startAt + PAGE_SIZE }
    }
    const users = await collectPages(read, 0, { maxItems: limit })
    return {
      users: users.map(({ accountId, displayName, emailAddress, active }) => ({
        id: accountId,
        name: displayName ?? accountId,
        email: emailAddress ?? null,
        active,
      })),
    }
  },
})
