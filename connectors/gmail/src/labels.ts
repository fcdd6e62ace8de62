import { type OptionsContext, type ServiceContext, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'
import { MAILBOX } from './message.js'

/** A label as the API gives it. */
export const labelSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  name: z.string().meta({ title: 'Name' }),
  type: z.string().optional().meta({ title: 'Kind', description: '"system" or "user".' }),
})

/** All labels of the mailbox. */
export async function readLabels(context: ServiceContext) {
  const answer = z.object({ labels: z.array(labelSchema) })
  return (await google.call(context, { url: `${MAILBOX}/labels`, answer })).labels
}

/** The labels of the mailbox, as choices. */
export async function labelOptions(context: OptionsContext) {
  return (await readLabels(context)).map(({ id, name }) => ({ value: id, label: name }))
}
