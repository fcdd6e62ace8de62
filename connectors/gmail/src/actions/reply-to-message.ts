import { action, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { headerOf, messageIdField, readMessage } from '../message.js'
import { contentFields, recipientsField, send, sentSchema } from '../outgoing.js'

/** Answers a message. */
export const replyToMessage = action({
  name: 'Reply to a message',
  description: 'Answers a message in its thread.',
  input: z.strictObject({
    messageId: messageIdField,
    to: recipientsField.optional().meta({ title: 'To', description: 'By default whoever wrote the message.' }),
    ...contentFields,
  }),
  output: sentSchema,
  sampleInput: { messageId: '18c2example', text: 'It is on its way.' },
  sampleOutput: { id: '18c3example', threadId: '18c2example', labelIds: ['SENT'] },
  scopes: [MODIFY_SCOPE],
  delivery: 'at-most-once',
  run: async (context) => {
    const { messageId, to, ...content } = context.input
    const original = await readMessage(context, messageId, 'metadata')
    const header = (name: string) => headerOf(original, name)
    const subject = header('Subject')
    // Gmail keeps an answer in the thread only with the thread's id, its subject, and these two headers.
    return send(context, {
      ...content,
      to: to ?? [header('Reply-To') || header('From')],
      subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
      threadId: original.threadId,
      inReplyTo: header('Message-ID'),
      references: [header('References'), header('Message-ID')].filter((each) => each !== '').join(' '),
    })
  },
})
