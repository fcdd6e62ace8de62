import { action, hasStatus, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions } from '../audience.js'
import { mailchimp } from '../mailchimp-api.js'
import { emailField, subscriberPath } from '../subscriber.js'

/** Archives a subscriber. */
export const archiveSubscriber = action({
  name: 'Archive a subscriber',
  description: 'Takes a subscriber out of an audience. What is known of them is kept, and they can be added again.',
  input: z.strictObject({ audience: audienceField, email: emailField }),
  output: z.object({
    found: z.boolean().meta({ title: 'Found', description: 'Whether there was such a subscriber.' }),
  }),
  sampleInput: { audience: 'aud1', email: 'kim@example.com' },
  sampleOutput: { found: true },
  options: { audience: audienceOptions },
  run: async (context) => {
    try {
      await mailchimp.call(context, { method: 'DELETE', url: subscriberPath(context.input) })
      return { found: true }
    } catch (error) {
      if (hasStatus(error, 404)) return { found: false }
      throw error
    }
  },
})
