import { action, z } from '@inlay/sdk/connector'
import { sendgrid } from '../sendgrid-api.js'

/** Lets an address be written to again. */
export const removeSuppression = action({
  name: 'Allow an address again',
  description: 'Takes an address off the list of those that bounced, were blocked, or reported spam.',
  input: z.strictObject({
    email: z.email().meta({ title: 'E-mail', format: 'email', examples: ['kim@example.com'] }),
    list: z.enum(['bounces', 'blocks', 'spam_reports', 'invalid_emails']).default('bounces').meta({ title: 'List' }),
  }),
  output: z.object({}),
  sampleInput: { email: 'kim@example.com', list: 'bounces' },
  sampleOutput: {},
  run: async (context) => {
    const { email, list } = context.input
    await sendgrid.call(context, { method: 'DELETE', url: `/v3/suppression/${list}/${encodeURIComponent(email)}` })
    return {}
  },
})
