import { action, hasStatus, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions } from '../audience.js'
import { mailchimp } from '../mailchimp-api.js'
import { emailField, sampleSubscriber, subscriberPath, subscriberSchema } from '../subscriber.js'

/** Finds a subscriber. */
export const getSubscriber = action({
  name: 'Get a subscriber',
  description: 'Finds a subscriber of an audience by the e-mail address.',
  input: z.strictObject({ audience: audienceField, email: emailField }),
  output: z.object({
    subscriber: subscriberSchema.nullable().meta({ title: 'Subscriber', description: 'Null when there is none.' }),
  }),
  sampleInput: { audience: 'aud1', email: 'kim@example.com' },
  sampleOutput: { subscriber: sampleSubscriber },
  options: { audience: audienceOptions },
  run: async (context) => {
    try {
      const url = subscriberPath(context.input)
      return { subscriber: await mailchimp.call(context, { url, answer: subscriberSchema }) }
    } catch (error) {
      // That nobody has the address is an answer.
      if (hasStatus(error, 404)) return { subscriber: null }
      throw error
    }
  },
})
