import { action, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { channelPath, placeSchema, teamField, teamOptions } from '../places.js'

/** Creates a channel. */
export const createChannel = action({
  name: 'Create a channel',
  description: 'Creates a channel that everybody in the team sees.',
  input: z.strictObject({
    team: teamField,
    name: z
      .string()
      .min(1)
      .max(50)
      .meta({ title: 'Name', examples: ['Project Alpha'] }),
    description: z.string().max(1024).optional().meta({ title: 'Description' }),
  }),
  output: placeSchema,
  sampleInput: { team: 'team-1', name: 'Project Alpha' },
  sampleOutput: { id: '19:channel-2@thread.tacv2', displayName: 'Project Alpha', description: null },
  scopes: ['Channel.Create'],
  options: { team: teamOptions },
  // Names of channels are unique in a team: a second attempt is refused, and one after a crash must not look so.
  delivery: 'at-most-once',
  run: (context) => {
    const { team, name, description } = context.input
    const json = { displayName: name, description, membershipType: 'standard' }
    return callGraph(context, { method: 'POST', url: channelPath(team), json, answer: placeSchema })
  },
})
