import { isSameText, type JsonValue, jsonValue, webhookTrigger, z } from '@inlay/sdk/connector'
import { callTelegram } from '../telegram-api.js'

const KINDS = ['message', 'edited_message', 'channel_post', 'callback_query', 'my_chat_member', 'poll_answer'] as const

const update = z.looseObject({ update_id: z.number() })

const input = z.strictObject({
  kinds: z
    .array(z.enum(KINDS))
    .min(1)
    .default(['message'])
    .meta({ title: 'What to hear of', description: 'Messages, pressed buttons (callback_query), and so on.' }),
  commands: z
    .array(z.string().regex(/^\/[a-z0-9_]{1,32}$/))
    .default([])
    .meta({ title: 'Only these commands', examples: [['/start', '/order']] }),
})

/** Starts when somebody writes to the bot. */
export const newUpdate = webhookTrigger({
  name: 'New message',
  description: 'Starts when somebody writes to the bot, presses a button, or adds it to a group.',
  input,
  output: z.object({
    kind: z.string().meta({ title: 'Kind' }),
    chatId: z.number().nullable().meta({ title: 'Chat' }),
    text: z.string().nullable().meta({ title: 'Text', description: 'Or the data of the pressed button.' }),
    update: jsonValue.meta({ title: 'All that Telegram tells' }),
  }),
  sampleOutput: {
    kind: 'message',
    chatId: 1001,
    text: '/order 7',
    update: { update_id: 1, message: { message_id: 42, chat: { id: 1001, type: 'private' }, text: '/order 7' } },
  },
  register: async (context) => {
    const json = { url: context.webhookUrl, secret_token: context.secret, allowed_updates: context.input.kinds }
    await callTelegram(context, { method: 'setWebhook', json, answer: z.literal(true) })
    return { url: context.webhookUrl }
  },
  unregister: async (context) => {
    const answer = z.object({ url: z.string() })
    const { url } = await callTelegram(context, { method: 'getWebhookInfo', answer })
    // A bot has one webhook: by now it may be another workflow's.
    if (url === context.registration['url']) {
      await callTelegram(context, { method: 'deleteWebhook', answer: z.literal(true) })
    }
  },
  verify: ({ request, secret }) => isSameText(secret, request.headers['x-telegram-bot-api-secret-token']),
  parse: ({ request, input: { kinds, commands } }) => {
    const parsed = update.safeParse(request.body)
    if (!parsed.success) return []
    const kind = kinds.find((name) => Object.hasOwn(parsed.data, name))
    if (kind === undefined) return []
    const { chatId, text } = partsOf(parsed.data[kind])
    const [command] = (text ?? '').split(/[\s@]/, 1)
    if (commands.length > 0 && !commands.includes(command ?? '')) return []
    return [{ id: String(parsed.data.update_id), data: { kind, chatId, text, update: request.body as JsonValue } }]
  },
})

const spoken = z.object({
  chat: z.object({ id: z.number() }).optional(),
  message: z.object({ chat: z.object({ id: z.number() }) }).optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  data: z.string().optional(),
})

function partsOf(content: unknown): { chatId: number | null; text: string | null } {
  const { data } = spoken.safeParse(content)
  return {
    chatId: data?.chat?.id ?? data?.message?.chat.id ?? null,
    text: data?.text ?? data?.caption ?? data?.data ?? null,
  }
}
