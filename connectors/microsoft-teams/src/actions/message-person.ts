import { action, z } from '@inlay/sdk/connector'
import { callGraph, GRAPH } from '../graph-api.js'
import { messageSchema, sampleMessage, textFields, toMessage } from '../message.js'
import { chatPath } from '../places.js'

const made = z.object({ id: z.string() })

/** Writes to a person. */
export const messagePerson = action({
  name: 'Message a person',
  description: 'Writes to a colleague in the chat that the two of you have; begins it when there is none.',
  input: z.strictObject({
    person: z
      .string()
      .min(1)
      .meta({ title: 'Person', description: 'Sign-in name or id.', examples: ['kim@acme.example'] }),
    ...textFields,
  }),
  output: messageSchema.extend({ chatId: z.string().meta({ title: 'Chat' }) }),
  sampleInput: { person: 'kim@acme.example', text: 'The order is on its way.' },
  sampleOutput: { ...sampleMessage, chatId: '19:chat-1@unq.gbl.spaces' },
  scopes: ['Chat.Create', 'ChatMessage.Send'],
  // Graph knows no idempotency key for messages: repeating after a crash would post twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const self = await callGraph(context, { url: '/me?$select=id', answer: made })
    // Two people have one chat: Graph gives it when it is there already.
    const chat = await callGraph(context, {
      method: 'POST',
      url: '/chats',
      json: { chatType: 'oneOnOne', members: [self.id, context.input.person].map(toMember) },
      answer: made,
    })
    const url = `${chatPath(chat.id)}/messages`
    const json = toMessage(context.input)
    const message = await callGraph(context, { method: 'POST', url, json, answer: messageSchema })
    return { ...message, chatId: chat.id }
  },
})

/** A single quote ends a text of OData unless it is doubled. */
function toMember(person: string) {
  return {
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    roles: ['owner'],
    'user@odata.bind': `${GRAPH}/users('${encodeURIComponent(person).replaceAll("'", "''")}')`,
  }
}
