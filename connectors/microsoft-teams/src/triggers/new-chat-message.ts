import { cursorTime, jsonValue, newByTime, pages, pollingTrigger, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { isWritten, listedMessageSchema, messageSchema, sampleMessage } from '../message.js'
import { chatField, chatOptions, chatPath, pageOf } from '../places.js'

const MAX_PAGES = 20

/** Starts for each new message of a chat. */
export const newChatMessage = pollingTrigger({
  name: 'New chat message',
  description: 'Starts for each message that is written in a chat. Asks Teams every few minutes.',
  input: z.strictObject({ chat: chatField }),
  output: messageSchema,
  sampleOutput: sampleMessage,
  scopes: ['Chat.Read'],
  options: { chat: chatOptions },
  poll: async (context) => {
    const since = cursorTime(context.cursor)
    // Of created times Graph only compares "earlier than"; the newest come first, so that reading ends at known ones.
    const query = new URLSearchParams({ $top: '50', $orderby: 'createdDateTime desc' })
    const read = async (url: string) => {
      const page = await callGraph(context, { url, answer: pageOf(listedMessageSchema) })
      const isOld = page.value.some(({ createdDateTime }) => Date.parse(createdDateTime) < (since ?? 0))
      return { items: page.value, next: isOld ? undefined : page['@odata.nextLink'] }
    }
    const first = `${chatPath(context.input.chat)}/messages?${query}`
    const found: z.output<typeof listedMessageSchema>[] = []
    for await (const message of pages(read, first, { maxPages: context.isFirst ? 1 : MAX_PAGES })) found.push(message)
    return newByTime(found.filter(isWritten), {
      cursor: context.cursor,
      idOf: ({ id }) => id,
      timeOf: ({ createdDateTime }) => createdDateTime,
      dataOf: (message) => jsonValue.parse(messageSchema.parse(message)),
    })
  },
})
