import { action, StepError, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions } from '../audience.js'
import { mailchimp } from '../mailchimp-api.js'
import { emailField, subscriberPath } from '../subscriber.js'

const names = z.array(z.string().min(1).max(100)).default([])

/** Adds and removes tags of a subscriber. */
export const updateTags = action({
  name: 'Change tags',
  description: 'Adds tags to a subscriber, and takes others away. Tags that are not there yet are made.',
  input: z.strictObject({
    audience: audienceField,
    email: emailField,
    add: names.meta({ title: 'Add', examples: [['Customer']] }),
    remove: names.meta({ title: 'Take away', examples: [['Trial']] }),
  }),
  output: z.object({}),
  sampleInput: { audience: 'aud1', email: 'kim@example.com', add: ['Customer'], remove: ['Trial'] },
  sampleOutput: {},
  options: { audience: audienceOptions },
  run: async (context) => {
    const { add, remove } = context.input
    const tags = [
      ...add.map((name) => ({ name, status: 'active' })),
      ...remove.map((name) => ({ name, status: 'inactive' })),
    ]
    if (tags.length === 0)
      throw new StepError('validation', 'There is no tag to change', { detail: 'Give one or more.' })
    await mailchimp.call(context, { method: 'POST', url: subscriberPath(context.input, '/tags'), json: { tags } })
    return {}
  },
})
