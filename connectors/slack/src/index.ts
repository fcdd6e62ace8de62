import { createSlackConnector } from './connector.js'
import { SlackApi } from './slack-api.js'

/** Posts and updates Slack messages. */
export const connector = createSlackConnector(new SlackApi())
