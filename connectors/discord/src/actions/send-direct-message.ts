import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { personField, sampleMember } from '../member.js'
import { messageSchema, nonceOf, sampleMessage } from '../message.js'

/** Sends a message to one person. */
export const sendDirectMessage = action({
  name: 'Send a direct message',
  description: 'Sends a message to one person, who shares a server with the bot and takes messages of its members.',
  input: z.strictObject({
    person: personField,
    text: z
      .string()
      .min(1)
      .max(2000)
      .meta({ title: 'Text', format: 'multiline', description: 'In Markdown.', examples: [sampleMessage.content] }),
  }),
  output: messageSchema,
  sampleInput: { person: sampleMember.user.id, text: sampleMessage.content },
  sampleOutput: sampleMessage,
  run: async (context) => {
    const { person, text } = context.input
    // Discord gives the channel that there is, or makes it.
    const { id } = await discord.call(context, {
      method: 'POST',
      url: '/users/@me/channels',
      json: { recipient_id: person },
      answer: z.object({ id: z.string().regex(/^\d+$/) }),
    })
    const json = { content: text, nonce: nonceOf(context.idempotencyKey), enforce_nonce: true }
    return discord.call(context, { method: 'POST', url: `/channels/${id}/messages`, json, answer: messageSchema })
  },
})
