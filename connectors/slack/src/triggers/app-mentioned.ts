import { appWebhookTrigger, type TriggerItem, z } from '@inlay/sdk/connector'
import { channelOptions } from '../choices.js'
import { channelField } from '../message.js'
import { messageOutput, sampleMessage, toMessage } from './message-posted.js'

/** Starts when a message mentions the app. */
export const appMentioned = appWebhookTrigger({
  name: 'App mentioned',
  description: 'Starts when somebody mentions the app in a message.',
  input: z.strictObject({
    channel: channelField.optional().meta({ title: 'Channel', description: 'Any, when left empty.' }),
  }),
  output: messageOutput,
  sampleOutput: { ...sampleMessage, text: '<@U0LAN0Z89> is the order on its way?' },
  scopes: ['app_mentions:read'],
  events: ['app_mention'],
  options: { channel: channelOptions },
  parse: ({ event, input }): TriggerItem[] => {
    const said = toMessage(event.data)
    if (said === undefined || (input.channel !== undefined && said.channel !== input.channel)) return []
    return [{ id: event.id, data: said }]
  },
})
