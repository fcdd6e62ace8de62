import { z } from '@inlay/sdk/connector'

/** What automations need of a message. */
export const messageSchema = z.object({
  sid: z.string().meta({ title: 'SID' }),
  status: z.string().meta({ title: 'Status', description: 'Such as queued, sent, delivered, undelivered, failed.' }),
  direction: z.string().meta({ title: 'Direction' }),
  from: z.string().nullish().meta({ title: 'From' }),
  to: z.string().nullish().meta({ title: 'To' }),
  body: z.string().nullish().meta({ title: 'Text' }),
  num_segments: z.string().nullish().meta({ title: 'Segments' }),
  num_media: z.string().nullish().meta({ title: 'Number of files' }),
  messaging_service_sid: z.string().nullish().meta({ title: 'Messaging service' }),
  error_code: z.number().nullish().meta({ title: 'Error code' }),
  error_message: z.string().nullish().meta({ title: 'Error' }),
  price: z.string().nullish().meta({ title: 'Price' }),
  price_unit: z.string().nullish().meta({ title: 'Currency' }),
  date_created: z.string().meta({ title: 'Created', description: 'As RFC 2822 text.' }),
  date_sent: z.string().nullish().meta({ title: 'Sent' }),
})

/** A page of messages. */
export const messagePage = z.object({ messages: z.array(messageSchema), next_page_uri: z.string().nullish() })

/** A message as Twilio gives it. */
export const sampleMessage = {
  sid: 'SM_sample_message',
  status: 'queued',
  direction: 'outbound-api',
  from: '+15557122661',
  to: '+15558675310',
  body: 'Your order is on its way.',
  num_segments: '1',
  num_media: '0',
  messaging_service_sid: null,
  error_code: null,
  error_message: null,
  price: null,
  price_unit: 'USD',
  date_created: 'Thu, 24 Aug 2026 05:01:45 +0000',
  date_sent: null,
}

/** The field by which actions name a message. */
export const messageSidField = z
  .string()
  .min(1)
  .meta({ title: 'Message SID', examples: [sampleMessage.sid] })

/** A phone number of somebody. */
export const phoneField = z
  .string()
  .regex(/^\+[1-9]\d{5,14}$/, 'must be an international number such as +15558675310')
  .meta({ title: 'To', description: 'International, with + and country.', examples: ['+15558675310'] })

/** Files that a message brings along. */
export const mediaField = z
  .array(z.url({ protocol: /^https?$/ }))
  .max(10)
  .optional()
  .meta({ title: 'Files', description: 'Public addresses of images and other files.' })

/** The field by which actions name the messaging service that sends. */
export const messagingServiceField = z
  .string()
  .optional()
  .meta({ title: 'Messaging service', description: 'Picks the sender, in place of a number.' })
