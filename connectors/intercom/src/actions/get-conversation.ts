import { action, z } from '@inlay/sdk/connector'
import { conversationField, conversationSchema, sampleConversation } from '../conversation.js'
import { intercom } from '../intercom-api.js'

const author = z.object({
  type: z.string().meta({ title: 'Kind' }),
  id: z.string().nullish().meta({ title: 'Id' }),
  name: z.string().nullish().meta({ title: 'Name' }),
})

const withParts = conversationSchema.extend({
  conversation_parts: z
    .object({
      conversation_parts: z.array(
        z.object({
          id: z.string().meta({ title: 'Part id' }),
          part_type: z.string().meta({ title: 'Kind', description: 'Such as comment, note, assignment or close.' }),
          body: z.string().nullish().meta({ title: 'Message' }),
          created_at: z.number().meta({ title: 'Written', description: 'Unix seconds.' }),
          author: author.nullish().meta({ title: 'Author' }),
        }),
      ),
    })
    .nullish()
    .meta({ title: 'What was written', description: 'Up to 500 parts.' }),
})

/** Reads a conversation with what was written in it. */
export const getConversation = action({
  name: 'Get a conversation',
  description: 'Reads one conversation with what was written in it, as plain text.',
  input: z.strictObject({ conversation: conversationField }),
  output: withParts,
  sampleInput: { conversation: '378' },
  sampleOutput: {
    ...sampleConversation,
    conversation_parts: {
      conversation_parts: [
        {
          id: '134',
          part_type: 'comment',
          body: 'It is on its way.',
          created_at: 1719492862,
          author: { type: 'admin', id: '991267715', name: 'Ciaran' },
        },
      ],
    },
  },
  run: (context) =>
    intercom.call(context, {
      url: `/conversations/${context.input.conversation}`,
      query: { display_as: 'plaintext' },
      answer: withParts,
    }),
})
