import { action, z } from '@inlay/sdk/connector'
import { folderOptions, mailPlace, withPresentMail } from '../mail-place.js'

const MARKS = {
  read: ['\\Seen', true],
  unread: ['\\Seen', false],
  flagged: ['\\Flagged', true],
  unflagged: ['\\Flagged', false],
  answered: ['\\Answered', true],
} as const

/** Marks a message. */
export const markMail = action({
  name: 'Mark a message',
  description: 'Marks a message as read, unread, flagged or answered.',
  input: z.strictObject({
    ...mailPlace,
    // Object.keys forgets which keys there are.
    as: z
      .enum(Object.keys(MARKS) as [keyof typeof MARKS])
      .default('read')
      .meta({ title: 'As' }),
  }),
  output: z.object({ id: z.string().meta({ title: 'Id' }) }),
  sampleInput: { mailbox: 'INBOX', id: '3:8', as: 'read' },
  sampleOutput: { id: '3:8' },
  options: { mailbox: folderOptions },
  run: async (context) => {
    const [flag, isSet] = MARKS[context.input.as]
    await withPresentMail(context, ({ mailbox, uid }) => mailbox.setFlag(uid, flag, isSet))
    return { id: context.input.id }
  },
})
