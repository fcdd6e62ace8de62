import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { sampleMessage } from '../message.js'
import { channelField, forumOptions, tagOptions } from '../places.js'

const post = z.object({
  id: z.string().meta({ title: 'Id', description: 'A channel of its own: further messages go there.' }),
  name: z.string().meta({ title: 'Title' }),
})

/** Opens a post in a forum. */
export const createForumPost = action({
  name: 'Open a forum post',
  description: 'Opens a post in a forum channel, with its first message.',
  input: z.strictObject({
    channel: channelField,
    title: z
      .string()
      .min(1)
      .max(100)
      .meta({ title: 'Title', examples: ['Order A-1001'] }),
    text: z
      .string()
      .min(1)
      .max(2000)
      .meta({ title: 'Text', format: 'multiline', description: 'In Markdown.', examples: [sampleMessage.content] }),
    tags: z.array(z.string()).max(5).default([]).meta({ title: 'Tags', description: 'Ids of tags of the forum.' }),
    mentions: z.boolean().default(false).meta({
      title: 'Mention people',
      description: 'Off, nobody is notified, whatever the text names.',
    }),
  }),
  output: post,
  sampleInput: { channel: '41771983423143937', title: 'Order A-1001', text: sampleMessage.content },
  sampleOutput: { id: sampleMessage.id, name: 'Order A-1001' },
  options: { channel: forumOptions, tags: tagOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { channel, title, text, tags, mentions } = context.input
    const message = { content: text, allowed_mentions: mentions ? undefined : { parse: [] } }
    const json = { name: title, applied_tags: tags, message }
    return discord.call(context, { method: 'POST', url: `/channels/${channel}/threads`, json, answer: post })
  },
})
