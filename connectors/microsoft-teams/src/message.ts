import { jsonObject, z } from '@inlay/sdk/connector'

/** What automations need of a message. */
export const messageSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  createdDateTime: z.string().meta({ title: 'Sent' }),
  subject: z.string().nullish().meta({ title: 'Subject' }),
  importance: z.string().nullish().meta({ title: 'Importance' }),
  webUrl: z.string().nullish().meta({ title: 'Address' }),
  from: z
    .object({
      user: z
        .object({
          id: z.string().meta({ title: 'Id' }),
          displayName: z.string().nullish().meta({ title: 'Name' }),
        })
        .nullish()
        .meta({ title: 'Person', description: 'Empty when an app wrote it.' }),
    })
    .nullish()
    .meta({ title: 'From' }),
  replyToId: z.string().nullish().meta({ title: 'Replies to', description: 'Id of the message that began it.' }),
  lastModifiedDateTime: z.string().nullish().meta({ title: 'Changed' }),
  attachments: z
    .array(
      z.object({
        id: z.string().nullish().meta({ title: 'Id' }),
        name: z.string().nullish().meta({ title: 'Name' }),
        contentType: z.string().nullish().meta({ title: 'Kind', description: 'For a file: reference.' }),
        contentUrl: z.string().nullish().meta({ title: 'Address' }),
      }),
    )
    .nullish()
    .meta({ title: 'Files and cards' }),
  body: z
    .object({
      contentType: z.string().meta({ title: 'Kind', description: 'text or html' }),
      content: z.string().nullish().meta({ title: 'Content' }),
    })
    .meta({ title: 'Text' }),
})

/** A message in a list: system messages and deleted ones are listed too. */
export const listedMessageSchema = messageSchema.extend({
  messageType: z.string().nullish(),
  deletedDateTime: z.string().nullish(),
})

/** Whether somebody wrote it, and it is still there. */
export function isWritten({ messageType, deletedDateTime }: z.output<typeof listedMessageSchema>): boolean {
  return (messageType ?? 'message') === 'message' && !deletedDateTime
}

/** A message as Graph gives it. */
export const sampleMessage = {
  id: '1616990032035',
  createdDateTime: '2026-04-10T20:09:31.123Z',
  subject: null,
  importance: 'normal',
  webUrl: 'https://teams.microsoft.com/l/message/1616990032035',
  from: { user: { id: 'person-1', displayName: 'Kim Miller' } },
  replyToId: null,
  attachments: [],
  body: { contentType: 'html', content: 'The order is on its way.' },
}

/** The fields of a message that is sent. */
export const textFields = {
  text: z
    .string()
    .min(1)
    .max(28_000)
    .meta({ title: 'Text', format: 'multiline', examples: ['The order is on its way.'] }),
  format: z.enum(['text', 'html']).default('text').meta({ title: 'The text is' }),
  mentions: z
    .array(
      z.strictObject({
        userId: z
          .string()
          .min(1)
          .meta({ title: 'Person id', examples: ['person-1'] }),
        name: z
          .string()
          .min(1)
          .meta({ title: 'Name', examples: ['Kim Miller'] }),
      }),
    )
    .max(20)
    .default([])
    .meta({ title: 'Mention', description: 'People who are told of it; their names begin the message.' }),
  card: jsonObject.optional().meta({ title: 'Adaptive card', description: 'Shown below the text, as JSON.' }),
}

/** What a message that is sent says. */
export type MessageText = z.output<z.ZodObject<typeof textFields>>

/** A message as Graph takes it: mentions and cards are marks in its HTML, and are told of beside it. */
export function toMessage({ text, format, mentions, card }: MessageText) {
  if (mentions.length === 0 && card === undefined) return { body: { contentType: format, content: text } }
  const marks = mentions.map(({ name }, id) => `<at id="${id}">${escapeHtml(name)}</at> `).join('')
  const html = format === 'html' ? text : escapeHtml(text).replaceAll('\n', '<br>')
  const attachment = card === undefined ? '' : `<attachment id="${CARD_ID}"></attachment>`
  const content = JSON.stringify(card)
  return {
    body: { contentType: 'html', content: `${marks}${html}${attachment}` },
    ...(mentions.length === 0 ? {} : { mentions: mentions.map(toMention) }),
    ...(card === undefined
      ? {}
      : { attachments: [{ id: CARD_ID, contentType: 'application/vnd.microsoft.card.adaptive', content }] }),
  }
}

/** Ties the card to its place in the text; unique within one message. */
const CARD_ID = 'card'

function toMention({ userId, name }: MessageText['mentions'][number], id: number) {
  const user = { id: userId, displayName: name, userIdentityType: 'aadUser' }
  return { id, mentionText: name, mentioned: { user } }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
