import { defineConnector } from '@inlay/sdk/connector'
import { countTokens } from './actions/count-tokens.js'
import { message } from './actions/message.js'
import { readDocument } from './actions/read-document.js'
import { structuredAnswer } from './actions/structured-answer.js'
import { auth } from './auth.js'
import { icon } from './icon.js'

/** Messages and structured answers by Claude. */
export const connector = defineConnector({
  id: 'anthropic',
  version: '1.0.0',
  name: 'Anthropic',
  description: 'Ask Claude, read documents, and get data out of texts.',
  icon,
  color: '#b4532a',
  categories: ['ai'],
  docs: 'Make an API key in the Anthropic Console. How often and how much a key may ask depends on the tier of its organisation.',
  auth,
  api: { baseUrl: 'https://api.anthropic.com', headers: { 'anthropic-version': '2023-06-01' } },
  actions: { message, structuredAnswer, readDocument, countTokens },
})
