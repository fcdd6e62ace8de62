import { defineConnector } from '@inlay/sdk/connector'
import { addComment } from './actions/add-comment.js'
import { createTicket } from './actions/create-ticket.js'
import { getTicket } from './actions/get-ticket.js'
import { saveUser } from './actions/save-user.js'
import { searchTickets } from './actions/search-tickets.js'
import { updateTicket } from './actions/update-ticket.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newTicket, updatedTicket } from './triggers/tickets.js'
import { accountUrl } from './zendesk-api.js'

/** Tickets and people in Zendesk Support. */
export const connector = defineConnector({
  id: 'zendesk',
  version: '1.0.0',
  name: 'Zendesk',
  description: 'Work with tickets and people in Zendesk Support.',
  icon,
  color: '#03363d',
  categories: ['support'],
  docs: 'Sign in with an OAuth client of your Zendesk account, or use your e-mail address with an API token. Triggers read the incremental export, which Zendesk opens to admins.',
  auth,
  api: { baseUrl: accountUrl },
  actions: { createTicket, updateTicket, addComment, getTicket, searchTickets, saveUser },
  triggers: { newTicket, updatedTicket },
})
