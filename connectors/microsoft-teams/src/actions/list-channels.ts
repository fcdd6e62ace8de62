import { action, collectPages, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { channelPath, pageOf, placeSchema, teamField, teamOptions } from '../places.js'

/** Lists teams, or channels of one. */
export const listChannels = action({
  name: 'List teams or channels',
  description: 'Lists the channels of a team, or the teams that the account is in.',
  input: z.strictObject({
    team: teamField.optional().meta({ title: 'Team', description: 'Left empty, teams are listed.' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ places: z.array(placeSchema).meta({ title: 'Teams or channels' }) }),
  sampleInput: { team: 'team-1' },
  sampleOutput: { places: [{ id: '19:channel-1@thread.tacv2', displayName: 'General', description: null }] },
  scopes: ['Team.ReadBasic.All', 'Channel.ReadBasic.All'],
  options: { team: teamOptions },
  run: async (context) => {
    const { team, limit } = context.input
    const read = async (url: string) => {
      const page = await callGraph(context, { url, answer: pageOf(placeSchema) })
      return { items: page.value, next: page['@odata.nextLink'] }
    }
    const first = team === undefined ? '/me/joinedTeams' : channelPath(team)
    return { places: await collectPages(read, first, { maxItems: limit }) }
  },
})
