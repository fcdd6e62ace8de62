import { action, fileRefSchema, type JsonInput, StepError, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { messageField, messageSchema, nonceOf, sampleMessage } from '../message.js'
import { channelField, channelOptions } from '../places.js'

/** Sends a message. */
export const sendMessage = action({
  name: 'Send a message',
  description: 'Sends a message to a channel, with a card and files if you like.',
  input: z.strictObject({
    channel: channelField,
    text: z.string().max(2000).optional().meta({ title: 'Text', format: 'multiline', description: 'In Markdown.' }),
    card: z
      .strictObject({
        title: z.string().max(256).optional().meta({ title: 'Title' }),
        description: z.string().max(4096).optional().meta({ title: 'Text', format: 'multiline' }),
        url: z.url().optional().meta({ title: 'Address' }),
        color: z
          .string()
          .regex(/^#[0-9a-fA-F]{6}$/)
          .optional()
          .meta({ title: 'Colour', examples: ['#2f6fed'] }),
      })
      .optional()
      .meta({ title: 'Card' }),
    replyTo: messageField.optional().meta({ title: 'Answers to', description: 'Id of a message.' }),
    files: z.array(fileRefSchema).max(10).default([]).meta({ title: 'Files' }),
    mentions: z.boolean().default(false).meta({
      title: 'Mention people',
      description: 'Off, nobody is notified, whatever the text names.',
    }),
  }),
  output: messageSchema,
  sampleInput: { channel: '41771983423143937', text: sampleMessage.content },
  sampleOutput: sampleMessage,
  options: { channel: channelOptions },
  run: async (context) => {
    const { channel, text, card, replyTo, files, mentions } = context.input
    if (text === undefined && card === undefined && files.length === 0) {
      throw new StepError('validation', 'The message is empty', { detail: 'Give a text, a card or a file.' })
    }
    const json: JsonInput = {
      content: text,
      embeds: card === undefined ? undefined : [{ ...card, color: colorOf(card.color) }],
      message_reference: replyTo === undefined ? undefined : { message_id: replyTo },
      allowed_mentions: mentions ? undefined : { parse: [] },
      nonce: nonceOf(context.idempotencyKey),
      enforce_nonce: true,
    }
    const url = `/channels/${channel}/messages`
    if (files.length === 0) return discord.call(context, { method: 'POST', url, json, answer: messageSchema })
    const parts = await Promise.all(
      files.map(async (file, index) => ({
        name: `files[${index}]`,
        bytes: await context.files.read(file),
        fileName: file.name,
        contentType: file.contentType,
      })),
    )
    const multipart = [{ name: 'payload_json', text: JSON.stringify(json) }, ...parts]
    return discord.call(context, { method: 'POST', url, multipart, timeoutMs: 120_000, answer: messageSchema })
  },
})

function colorOf(color: string | undefined): number | undefined {
  return color === undefined ? undefined : Number.parseInt(color.slice(1), 16)
}
