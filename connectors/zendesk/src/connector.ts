import { defineConnector } from '@inlay/sdk/connector'
import { addComment } from './actions/add-comment.js'
import { applyMacro } from './actions/apply-macro.js'
import { changeTags } from './actions/change-tags.js'
import { createTicket } from './actions/create-ticket.js'
import { deleteTicket } from './actions/delete-ticket.js'
import { downloadAttachment } from './actions/download-attachment.js'
import { getTicket } from './actions/get-ticket.js'
import { listComments } from './actions/list-comments.js'
import { mergeTickets } from './actions/merge-tickets.js'
import { saveOrganization } from './actions/save-organization.js'
import { saveUser } from './actions/save-user.js'
import { searchOrganizations } from './actions/search-organizations.js'
import { searchTickets } from './actions/search-tickets.js'
import { searchUsers } from './actions/search-users.js'
import { updateTicket } from './actions/update-ticket.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newUser } from './triggers/new-user.js'
import { ticketEvent } from './triggers/ticket-event.js'
import { newTicket, updatedTicket } from './triggers/tickets.js'
import { accountUrl } from './zendesk-api.js'

/** Tickets and people in Zendesk Support. */
export const connector = defineConnector({
  id: 'zendesk',
  version: '1.1.0',
  name: 'Zendesk',
  description: 'Work with tickets and people in Zendesk Support.',
  icon,
  color: '#03363d',
  categories: ['support'],
  docs: [
    'Sign in with an OAuth client of your Zendesk account (Admin Center, Apps and integrations, APIs), or use your e-mail address with an API token.',
    '',
    '"Something happens to a ticket" starts at once; Zendesk lets admins manage webhooks, and agents in a role that allows it. "New ticket", "New or changed ticket" and "New person" ask every few minutes by the incremental export, which Zendesk opens to admins.',
    '',
    'Fields of your own are asked for when a form is filled in; those of tickets go by their ids.',
  ].join('\n'),
  auth,
  // The smallest plan allows 200 requests a minute.
  api: { baseUrl: accountUrl, pace: { requests: 200, perMs: 60_000 } },
  actions: {
    createTicket,
    updateTicket,
    addComment,
    getTicket,
    searchTickets,
    listComments,
    downloadAttachment,
    changeTags,
    applyMacro,
    mergeTickets,
    deleteTicket,
    saveUser,
    searchUsers,
    saveOrganization,
    searchOrganizations,
  },
  triggers: { ticketEvent, newTicket, updatedTicket, newUser },
})
