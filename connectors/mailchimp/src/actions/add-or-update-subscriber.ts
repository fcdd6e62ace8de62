import { action, jsonValue, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions, mergeFieldsSchema } from '../audience.js'
import { mailchimp } from '../mailchimp-api.js'
import { emailField, sampleSubscriber, subscriberPath, subscriberSchema } from '../subscriber.js'

/** Makes or changes a subscriber. */
export const addOrUpdateSubscriber = action({
  name: 'Add or update a subscriber',
  description: 'Adds somebody to an audience, or changes the subscriber with this e-mail address.',
  input: z.strictObject({
    audience: audienceField,
    email: emailField,
    statusIfNew: z
      .enum(['subscribed', 'pending', 'unsubscribed', 'transactional'])
      .default('subscribed')
      .meta({ title: 'Status when new', description: 'With "pending" Mailchimp asks them to confirm by e-mail.' }),
    status: z
      .enum(['subscribed', 'pending', 'unsubscribed', 'cleaned', 'transactional'])
      .optional()
      .meta({ title: 'Change status to', description: 'Left empty, those who are there already keep theirs.' }),
    mergeFields: z
      .record(z.string(), jsonValue)
      .optional()
      .meta({ title: 'Merge fields', examples: [{ FNAME: 'Kim' }] }),
    language: z
      .string()
      .optional()
      .meta({ title: 'Language', examples: ['en'] }),
    vip: z.boolean().optional().meta({ title: 'VIP' }),
  }),
  output: subscriberSchema,
  sampleInput: { audience: 'aud1', email: 'kim@example.com', mergeFields: { FNAME: 'Kim', LNAME: 'Doe' } },
  sampleOutput: sampleSubscriber,
  options: { audience: audienceOptions },
  schemas: { mergeFields: mergeFieldsSchema },
  run: (context) => {
    const { email, statusIfNew, status, mergeFields, language, vip } = context.input
    return mailchimp.call(context, {
      method: 'PUT',
      url: subscriberPath(context.input),
      json: { email_address: email, status_if_new: statusIfNew, status, merge_fields: mergeFields, language, vip },
      answer: subscriberSchema,
    })
  },
})
