import { action, collectPages, z } from '@inlay/sdk/connector'
import { listFields, nextCursor, notion } from '../notion-api.js'

const user = z.object({
  id: z.string(),
  name: z.string().nullish(),
  type: z.string().optional(),
  person: z.object({ email: z.string().nullish() }).optional(),
})
const page = z.object({ results: z.array(user), ...listFields })

/** Lists the people of the workspace. */
export const listUsers = action({
  name: 'List users',
  description: 'Lists the members of the workspace and its bots; guests are not among them.',
  input: z.strictObject({
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({
    users: z
      .array(
        z.object({
          id: z.string().meta({ title: 'Id' }),
          name: z.string().nullable().meta({ title: 'Name' }),
          email: z.string().nullable().meta({ title: 'E-mail', description: 'Where the connection may see it.' }),
          is_bot: z.boolean().meta({ title: 'Is a bot' }),
        }),
      )
      .meta({ title: 'Users' }),
  }),
  sampleInput: {},
  sampleOutput: {
    users: [{ id: 'd40e767c-d7af-4b18-a86d-55c61f1e39a4', name: 'Kim', email: 'kim@example.com', is_bot: false }],
  },
  run: async (context) => {
    const read = async (cursor: string) => {
      const query = { page_size: 100, start_cursor: cursor === '' ? undefined : cursor }
      const list = await notion.call(context, { url: '/v1/users', query, answer: page })
      return { items: list.results, next: nextCursor(list) }
    }
    const users = await collectPages(read, '', { maxItems: context.input.limit })
    return {
      users: users.map(({ id, name, type, person }) => ({
        id,
        name: name ?? null,
        email: person?.email ?? null,
        is_bot: type === 'bot',
      })),
    }
  },
})
