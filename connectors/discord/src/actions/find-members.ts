import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { memberSchema, sampleMember } from '../member.js'
import { serverField, serverOptions } from '../places.js'

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
  output: z.object({ members: z.array(memberSchema).meta({ title: 'Members' }) }),
  sampleInput: { server: '197038439483310086', name: 'kim' },
  sampleOutput: { members: [sampleMember] },
  options: { server: serverOptions },
  run: async (context) => {
    const { server, name, limit } = context.input
    const url = `/guilds/${server}/members/search`
    const members = await discord.call(context, { url, query: { query: name, limit }, answer: z.array(memberSchema) })
    return { members }
  },
})
