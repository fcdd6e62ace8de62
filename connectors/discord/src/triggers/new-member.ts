import { collectPages, newByTime, type PollContext, pollingTrigger, StepError, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { memberSchema, sampleMember } from '../member.js'
import { serverField, serverOptions } from '../places.js'

const PAGE_SIZE = 1000
const MAX_MEMBERS = 10_000

/** Starts for each person who joins a server. */
export const newMember = pollingTrigger({
  name: 'New member',
  description: `Starts for each person who joins a server of at most ${MAX_MEMBERS} members. Asks Discord every few minutes; needs the "Server Members Intent".`,
  input: z.strictObject({
    server: serverField,
    bots: z.boolean().default(false).meta({ title: 'Bots too' }),
  }),
  output: memberSchema,
  sampleOutput: sampleMember,
  options: { server: serverOptions },
  poll: async (context) => {
    const { bots } = context.input
    const members = await readMembers(context, context.input.server)
    const joined = members.flatMap((member) => {
      const { joined_at: at, user } = member
      return at === null || (user.bot === true && !bots) ? [] : [{ member, at }]
    })
    return newByTime(joined, {
      cursor: context.cursor,
      // Who left and comes back is new again.
      idOf: ({ member, at }) => `${member.user.id}:${at}`,
      timeOf: ({ at }) => at,
      // Fields that Discord leaves out are left out here.
      dataOf: ({ member }) => JSON.parse(JSON.stringify(member)),
    })
  },
})

/** Discord lists members by their ids alone. */
async function readMembers(context: PollContext, server: string) {
  const read = async (after: string) => {
    const url = `/guilds/${server}/members`
    const query = { limit: PAGE_SIZE, after }
    const members = await discord.call(context, { url, query, answer: z.array(memberSchema) })
    return { items: members, next: members.length < PAGE_SIZE ? undefined : members.at(-1)?.user.id }
  }
  const members = await collectPages(read, '0', { maxItems: MAX_MEMBERS + 1 })
  if (members.length <= MAX_MEMBERS) return members
  throw new StepError('limit', `The server has more than ${MAX_MEMBERS} members`, {
    detail: 'Discord lists members by their ids alone, so that all are gone through each time.',
  })
}
