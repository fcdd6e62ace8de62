import { defineConnector } from '@inlay/sdk/connector'
import { bindQueue } from './actions/bind-queue.js'
import { createQueue } from './actions/create-queue.js'
import { getMessages } from './actions/get-messages.js'
import { getQueue } from './actions/get-queue.js'
import { listQueues } from './actions/list-queues.js'
import { publishMessage } from './actions/publish-message.js'
import { purgeQueue } from './actions/purge-queue.js'
import { endpointOf } from './addresses.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newMessage } from './triggers/new-message.js'

/** Messages in RabbitMQ, by AMQP and by its management API. */
export const connector = defineConnector({
  id: 'rabbitmq',
  version: '1.1.0',
  name: 'RabbitMQ',
  description: 'Publish messages to RabbitMQ and start workflows for those of a queue.',
  icon,
  color: '#ff6600',
  categories: ['developer', 'data'],
  docs: [
    'The management plugin has to be on, and the user needs the tag "management". Enter the address of AMQP too where it can be reached: messages are then confirmed in both directions.',
    '',
    '"New message" leaves a message in the queue until its run has started, and removes it with the next look. It starts at least once for each message; use a queue that nobody else reads. Without an address of AMQP, a message that is taken in the moment of a crash is lost.',
  ].join('\n'),
  auth,
  api: { baseUrl: endpointOf },
  actions: { publishMessage, getMessages, getQueue, listQueues, createQueue, bindQueue, purgeQueue },
  triggers: { newMessage },
})
