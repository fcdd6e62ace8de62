import { action, z } from '@inlay/sdk/connector'
import { folderOptions, mailPlace, withPresentMail } from '../mail-place.js'

/** Moves a message to another folder. */
export const moveMail = action({
  name: 'Move a message',
  description: 'Moves a message to another folder, such as the archive or the bin.',
  input: z.strictObject({
    ...mailPlace,
    to: z
      .string()
      .min(1)
      .max(500)
      .meta({ title: 'To the folder', examples: ['Archive'] }),
  }),
  output: z.object({
    uid: z.number().int().nullable().meta({
      title: 'Number in the other folder',
      description: 'Empty when the mail server does not tell.',
    }),
  }),
  sampleInput: { mailbox: 'INBOX', id: '3:8', to: 'Archive' },
  sampleOutput: { uid: 41 },
  delivery: 'at-most-once',
  options: { mailbox: folderOptions, to: folderOptions },
  run: async (context) => {
    const moved = await withPresentMail(context, ({ mailbox, uid }) => mailbox.move(uid, context.input.to))
    return { uid: moved ?? null }
  },
})
