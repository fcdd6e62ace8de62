import { defineConnector } from '@inlay/sdk/connector'
import { getMessages } from './actions/get-messages.js'
import { getQueue } from './actions/get-queue.js'
import { listQueues } from './actions/list-queues.js'
import { publishMessage } from './actions/publish-message.js'
import { auth, endpointOf } from './auth.js'
import { icon } from './icon.js'
import { newMessage } from './triggers/new-message.js'

/** Messages in RabbitMQ, by its management API. */
export const connector = defineConnector({
  id: 'rabbitmq',
  version: '1.0.0',
  name: 'RabbitMQ',
  description: 'Publish messages to RabbitMQ and start workflows for those of a queue.',
  icon,
  color: '#ff6600',
  categories: ['developer', 'data'],
  docs: [
    'The management plugin has to be on, and the user needs the tag "management". This is for some messages a second; the plugin is not made for more.',
    '',
    '"New message" confirms messages as it takes them: one that is taken in the moment of a crash or a lost connection is lost. Use it for messages that may be.',
  ].join('\n'),
  auth,
  api: { baseUrl: endpointOf },
  actions: { publishMessage, getMessages, getQueue, listQueues },
  triggers: { newMessage },
})
