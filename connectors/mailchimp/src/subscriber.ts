import { createHash } from 'node:crypto'
import { jsonValue, z } from '@inlay/sdk/connector'
import { audiencePath } from './audience.js'

/** The states by which subscribers are listed. */
export const STATUSES = ['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional'] as const

/** The field by which actions name a subscriber. */
export const emailField = z.email().meta({ title: 'E-mail', format: 'email', examples: ['kim@example.com'] })

/** A subscriber as Mailchimp tells of one. */
export const subscriberSchema = z.object({
  id: z.string().meta({ title: 'Subscriber id' }),
  email_address: z.string().meta({ title: 'E-mail' }),
  full_name: z.string().nullish().meta({ title: 'Name' }),
  status: z.string().meta({ title: 'Status' }),
  merge_fields: z.record(z.string(), jsonValue).default({}).meta({ title: 'Merge fields' }),
  tags: z
    .array(z.object({ id: z.number(), name: z.string() }))
    .default([])
    .meta({ title: 'Tags' }),
  language: z.string().nullish().meta({ title: 'Language' }),
  vip: z.boolean().nullish().meta({ title: 'VIP' }),
  timestamp_opt: z.string().nullish().meta({ title: 'Subscribed at' }),
  last_changed: z.string().nullish().meta({ title: 'Changed at' }),
  list_id: z.string().meta({ title: 'Audience id' }),
})

/** A subscriber of nobody. */
export const sampleSubscriber = {
  id: 'sub1',
  email_address: 'kim@example.com',
  full_name: 'Kim Doe',
  status: 'subscribed',
  merge_fields: { FNAME: 'Kim', LNAME: 'Doe' },
  tags: [{ id: 1, name: 'Customer' }],
  language: 'en',
  vip: false,
  timestamp_opt: '2026-04-10T20:09:31+00:00',
  last_changed: '2026-04-10T20:09:31+00:00',
  list_id: 'aud1',
}

/** The path of a subscriber, whom Mailchimp names by the MD5 of the address in lower case. */
export function subscriberPath({ audience, email }: { audience: string; email: string }, rest = ''): string {
  const hash = createHash('md5').update(email.toLowerCase()).digest('hex')
  return audiencePath(audience, `/members/${hash}${rest}`)
}
