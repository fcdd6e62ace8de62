import { action, z } from '@inlay/sdk/connector'
import { issueField } from '../issue.js'
import { ask } from '../linear-api.js'

const query = `mutation ArchiveIssue($id: String!, $trash: Boolean) { issueArchive(id: $id, trash: $trash) { success } }`
const answer = z.object({ issueArchive: z.object({ success: z.boolean() }) })

/** Archives an issue, or puts it into the trash. */
export const archiveIssue = action({
  name: 'Archive or delete an issue',
  description: 'Archives an issue, or puts it into the trash, from which Linear removes it after 30 days.',
  input: z.strictObject({
    issue: issueField,
    trash: z.boolean().default(false).meta({ title: 'Put it into the trash' }),
  }),
  output: z.object({ success: z.boolean().meta({ title: 'Is done' }) }),
  sampleInput: { issue: 'ENG-123' },
  sampleOutput: { success: true },
  scopes: ['write'],
  run: async (context) => {
    const { issue, trash } = context.input
    return (await ask(context, { query, variables: { id: issue, trash }, answer })).issueArchive
  },
})
