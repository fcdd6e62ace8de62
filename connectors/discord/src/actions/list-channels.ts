import { action, z } from '@inlay/sdk/connector'
import { channelSchema, sampleChannel } from '../channel.js'
import { discord } from '../discord-api.js'
import { serverField, serverOptions } from '../places.js'

/** Lists channels. */
export const listChannels = action({
  name: 'List channels',
  description: 'Lists all channels of a server that the bot sees, without threads.',
  input: z.strictObject({ server: serverField }),
  output: z.object({ channels: z.array(channelSchema).meta({ title: 'Channels' }) }),
  sampleInput: { server: '197038439483310086' },
  sampleOutput: { channels: [sampleChannel] },
  options: { server: serverOptions },
  run: async (context) => {
    const url = `/guilds/${context.input.server}/channels`
    return { channels: await discord.call(context, { url, answer: z.array(channelSchema) }) }
  },
})
