import { webhookTrigger, z } from '@inlay/sdk/connector'
import { messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions, channelPath, teamField, teamOptions } from '../places.js'
import {
  answerValidation,
  createdMessages,
  isFromGraph,
  RENEWAL_MS,
  resubscribe,
  subscribe,
  unsubscribe,
} from '../subscription.js'

const input = z.strictObject({ team: teamField, channel: channelField })

/** Starts at once for each message and reply in a channel. */
export const channelMessagePosted = webhookTrigger({
  name: 'Channel message posted (at once)',
  description: 'Starts at once for each message and reply in a channel. Microsoft Graph calls this product.',
  input,
  output: messageSchema,
  sampleOutput: sampleMessage,
  scopes: ['ChannelMessage.Read.All'],
  options: { team: teamOptions, channel: channelOptions },
  register: (context) => subscribe(context, resourceOf(context.input)),
  unregister: unsubscribe,
  renewal: { everyMs: RENEWAL_MS, run: (context) => resubscribe(context, resourceOf(context.input)) },
  handshake: answerValidation,
  verify: isFromGraph,
  parse: (delivery) => createdMessages(delivery, channelPath(delivery.input.team, delivery.input.channel)),
})

/** Graph names resources as they are, not as in an address. */
function resourceOf({ team, channel }: z.output<typeof input>): string {
  return `/teams/${team}/channels/${channel}/messages`
}
