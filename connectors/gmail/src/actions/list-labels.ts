import { action, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { labelSchema, readLabels } from '../labels.js'

/** Lists the labels of the mailbox. */
export const listLabels = action({
  name: 'List labels',
  description: 'Lists the labels of the mailbox, those of Gmail itself among them.',
  input: z.strictObject({}),
  output: z.object({ labels: z.array(labelSchema).meta({ title: 'Labels' }) }),
  sampleInput: {},
  sampleOutput: { labels: [{ id: 'INBOX', name: 'INBOX', type: 'system' }] },
  scopes: [MODIFY_SCOPE],
  run: async (context) => ({ labels: await readLabels(context) }),
})
