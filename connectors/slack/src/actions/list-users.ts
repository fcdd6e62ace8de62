import { action, collectPages, z } from '@inlay/sdk/connector'
import { listedUser, pageMark } from '../choices.js'
import { sampleUser, toUser, userOutput } from '../people.js'
import { read } from '../slack.js'

const PAGE_SIZE = 200

/** Lists the people of the workspace. */
export const listUsers = action({
  name: 'List people',
  description: 'Lists the members of the workspace, without apps and those who left.',
  input: z.strictObject({ limit: z.int().min(1).max(1000).default(200).meta({ title: 'At most' }) }),
  output: z.object({ users: z.array(userOutput).meta({ title: 'People' }) }),
  sampleInput: { limit: 50 },
  sampleOutput: { users: [sampleUser] },
  scopes: ['users:read'],
  run: async (context) => {
    const readPage = async (cursor: string) => {
      const { members, response_metadata } = await read(context, {
        method: 'users.list',
        arguments: { limit: PAGE_SIZE, cursor: cursor === '' ? undefined : cursor },
        answer: z.object({ members: z.array(listedUser), response_metadata: pageMark }),
      })
      return { items: members.filter(({ deleted, is_bot }) => !deleted && !is_bot), next: response_metadata }
    }
    const found = await collectPages(readPage, '', { maxItems: context.input.limit })
    return { users: found.map(toUser) }
  },
})
