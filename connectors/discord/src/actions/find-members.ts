import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { serverField, serverOptions } from '../places.js'

const member = z.object({
  user: z
    .object({ id: z.string().meta({ title: 'Id' }), username: z.string().meta({ title: 'User name' }) })
    .meta({ title: 'Person' }),
  nick: z.string().nullish().meta({ title: 'Nickname' }),
  roles: z.array(z.string()).meta({ title: 'Roles' }),
  joined_at: z.string().nullable().meta({ title: 'Joined' }),
})

/** Finds members by name. */
export const findMembers = action({
  name: 'Find members',
  description: 'Finds members of a server whose name begins like this.',
  input: z.strictObject({
    server: serverField,
    name: z
      .string()
      .min(1)
      .meta({ title: 'Name', examples: ['kim'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(20).meta({ title: 'At most' }),
  }),
  output: z.object({ members: z.array(member).meta({ title: 'Members' }) }),
  sampleInput: { server: '197038439483310086', name: 'kim' },
  sampleOutput: {
    members: [
      { user: { id: '53908099506183680', username: 'kim' }, nick: null, roles: [], joined_at: '2026-01-01T00:00:00Z' },
    ],
  },
  options: { server: serverOptions },
  run: async (context) => {
    const { server, name, limit } = context.input
    const url = `/guilds/${server}/members/search`
    const members = await discord.call(context, { url, query: { query: name, limit }, answer: z.array(member) })
    return { members }
  },
})
