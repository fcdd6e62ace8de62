import { action, z } from '@inlay/sdk/connector'
import { folderOptions, mailPlace, withMail } from '../mail-place.js'

/** Deletes a message for good. */
export const deleteMail = action({
  name: 'Delete a message',
  description: 'Deletes a message for good. To put it into the bin, move it there.',
  input: z.strictObject(mailPlace),
  output: z.object({ wasThere: z.boolean().meta({ title: 'It was there' }) }),
  sampleInput: { mailbox: 'INBOX', id: '3:8' },
  sampleOutput: { wasThere: true },
  options: { mailbox: folderOptions },
  run: (context) =>
    withMail(context, 'write', async ({ mailbox, uid }) => {
      // An attempt before may have deleted it.
      if ((await mailbox.factsOf(uid)) === undefined) return { wasThere: false }
      await mailbox.remove(uid)
      return { wasThere: true }
    }),
})
