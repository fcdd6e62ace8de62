import { z } from '@inlay/sdk/connector'

/** Kinds of channels that people write in or talk in, by Discord's numbers. */
export const CHANNEL_KINDS = { text: 0, voice: 2, category: 4, announcement: 5, forum: 15 } as const

/** A channel of a server. */
export const channelSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  name: z.string().meta({ title: 'Name' }),
  type: z.number().meta({ title: 'Kind', description: '0 text, 2 voice, 4 category, 5 announcements, 15 forum.' }),
  topic: z.string().nullish().meta({ title: 'Topic' }),
  parent_id: z.string().nullish().meta({ title: 'Category' }),
})

/** A channel as Discord gives it. */
export const sampleChannel = {
  id: '41771983423143937',
  name: 'orders',
  type: 0,
  topic: 'What was ordered',
  parent_id: null,
}
