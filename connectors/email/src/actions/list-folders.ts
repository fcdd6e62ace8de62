import { action, z } from '@inlay/sdk/connector'
import { withAccount } from '../imap/account.js'

/** Lists the folders of an account. */
export const listFolders = action({
  name: 'List folders',
  description: 'Lists the folders of the account.',
  input: z.strictObject({}),
  output: z.object({
    folders: z
      .array(
        z.object({
          name: z.string().meta({ title: 'Name' }),
          use: z.string().nullable().meta({ title: 'For', description: 'As drafts, sent, trash, junk or archive.' }),
          isSelectable: z.boolean().meta({ title: 'Takes messages' }),
        }),
      )
      .meta({ title: 'Folders' }),
  }),
  sampleInput: {},
  sampleOutput: { folders: [{ name: 'Sent', use: 'sent', isSelectable: true }] },
  run: async (context) => ({ folders: await withAccount(context, (account) => account.folders()) }),
})
