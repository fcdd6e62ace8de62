import { type Connector, defineConnector } from '@inlay/sdk/connector'
import { postMessage } from './actions/post-message.js'
import { updateMessage } from './actions/update-message.js'
import { auth } from './auth.js'
import type { SlackApi } from './slack-api.js'

/** Posts and updates Slack messages. */
export function createSlackConnector(slack: SlackApi): Connector {
  return defineConnector({
    id: 'slack',
    version: '1.0.0',
    name: 'Slack',
    description: 'Post and update messages in Slack.',
    icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M9.500 4v16M14.500 4v16M4 9.500h16M4 14.500h16"/></svg>',
    auth: auth(slack),
    actions: { postMessage: postMessage(slack), updateMessage: updateMessage(slack) },
  })
}
