import { defineConnector } from '@inlay/sdk/connector'
import { getConsumerGroup, listConsumerGroups } from './actions/consumer-groups.js'
import { produceMessages } from './actions/produce-messages.js'
import { readMessages } from './actions/read-messages.js'
import { createTopic, getTopic, listTopics } from './actions/topics.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newMessage } from './triggers/new-message.js'

/** Messages and topics of an Apache Kafka cluster. */
export const connector = defineConnector({
  id: 'kafka',
  version: '1.0.0',
  name: 'Apache Kafka',
  description: 'Produce and read messages of Kafka, look after topics, and start when a message is written.',
  icon,
  color: '#231f20',
  categories: ['data', 'developer'],
  docs: 'Needs a cluster (Kafka 1.0 or later) whose brokers can all be reached from here under the names that they advertise.',
  auth: [...auth],
  actions: { produceMessages, readMessages, listTopics, getTopic, createTopic, listConsumerGroups, getConsumerGroup },
  triggers: { newMessage },
})
