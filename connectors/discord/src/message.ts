import { createHash } from 'node:crypto'
import { z } from '@inlay/sdk/connector'

/** A message as automations see it. */
export const messageSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  channel_id: z.string().meta({ title: 'Channel' }),
  content: z.string().meta({ title: 'Text' }),
  timestamp: z.string().meta({ title: 'Sent' }),
  author: z
    .object({
      id: z.string().meta({ title: 'Id' }),
      username: z.string().meta({ title: 'User name' }),
      bot: z.boolean().optional().meta({ title: 'Is a bot' }),
    })
    .meta({ title: 'Author' }),
  attachments: z
    .array(z.object({ filename: z.string().meta({ title: 'Name' }), url: z.string().meta({ title: 'Address' }) }))
    .meta({ title: 'Attachments' }),
})

/** A message, for forms. */
export const sampleMessage = {
  id: '334385199974967042',
  channel_id: '41771983423143937',
  content: 'Your order is on its way.',
  timestamp: '2026-04-10T20:09:31.000000+00:00',
  author: { id: '53908099506183680', username: 'kim' },
  attachments: [],
}

/** The field by which actions name a message. */
export const messageField = z
  .string()
  .regex(/^\d+$/, 'must be an id of digits')
  .meta({ title: 'Message', examples: [sampleMessage.id] })

/** Discord recognises a repetition for some minutes by a short text of ours. */
export function nonceOf(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('base64url').slice(0, 25)
}
