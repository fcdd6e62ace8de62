import { action, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { google } from '../google-api.js'
import { MAILBOX } from '../message.js'
import { newMessageFields, rawMessage } from '../outgoing.js'

const draftSchema = z.object({
  id: z.string().meta({ title: 'Draft id' }),
  message: z
    .object({ id: z.string().meta({ title: 'Id' }), threadId: z.string().meta({ title: 'Thread id' }) })
    .meta({ title: 'Message' }),
})

/** Writes a draft. */
export const createDraft = action({
  name: 'Create a draft',
  description: 'Writes a message that somebody looks at before it is sent.',
  input: z.strictObject({
    ...newMessageFields,
    threadId: z.string().min(1).optional().meta({ title: 'Thread id', description: 'To answer in a thread.' }),
  }),
  output: draftSchema,
  sampleInput: { to: ['kim@acme.example'], subject: 'Order A-1001', text: 'It is on its way.' },
  sampleOutput: { id: 'r-1example', message: { id: '18c2example', threadId: '18c2example' } },
  scopes: [MODIFY_SCOPE],
  delivery: 'at-most-once',
  run: async (context) => {
    const { threadId, ...draft } = context.input
    const message = await rawMessage(context, { ...draft, ...(threadId === undefined ? {} : { threadId }) })
    return google.call(context, { method: 'POST', url: `${MAILBOX}/drafts`, json: { message }, answer: draftSchema })
  },
})
