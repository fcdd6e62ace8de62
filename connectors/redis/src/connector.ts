import { defineConnector } from '@inlay/sdk/connector'
import { getHash, setHashFields } from './actions/hashes.js'
import { popFromList, pushToList } from './actions/lists.js'
import { addToStream, publishMessage } from './actions/messages.js'
import { deleteKeys, getValue, increment, setValue } from './actions/values.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newStreamEntry } from './triggers/new-stream-entry.js'

/** Keys, hashes, lists, channels and streams of a Redis server. */
export const connector = defineConnector({
  id: 'redis',
  version: '1.0.0',
  name: 'Redis',
  description: 'Read and change keys, hashes, lists and streams of Redis, and start when a stream gets an entry.',
  icon,
  color: '#ff4438',
  categories: ['data', 'developer'],
  docs: 'Needs a server that can be reached from here. Valkey works too. Servers in cluster mode are not followed to their other nodes.',
  auth,
  actions: {
    getValue,
    setValue,
    deleteKeys,
    increment,
    getHash,
    setHashFields,
    pushToList,
    popFromList,
    publishMessage,
    addToStream,
  },
  triggers: { newStreamEntry },
})
