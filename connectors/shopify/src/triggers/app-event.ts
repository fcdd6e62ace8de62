import { appWebhookTrigger, z } from '@inlay/sdk/connector'
import { sampleShopEvent, shopEventSchema, TOPICS, topicField } from '../shop-event.js'

/** Starts for events of the shop that the app is subscribed to. */
export const appEvent = appWebhookTrigger({
  name: 'Shop event of the app',
  description: 'Starts at once when something happens in the shop that the app is subscribed to.',
  input: z.strictObject({ topic: topicField }),
  output: shopEventSchema,
  sampleOutput: sampleShopEvent,
  events: TOPICS,
  parse: ({ event, input: { topic } }) => (event.name === topic ? [{ id: event.id, data: event.data }] : []),
})
