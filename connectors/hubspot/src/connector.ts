import { defineConnector } from '@inlay/sdk/connector'
import { addNote } from './actions/add-note.js'
import { archiveRecord } from './actions/archive-record.js'
import { associateRecords } from './actions/associate-records.js'
import { changeList } from './actions/change-list.js'
import { createDeal } from './actions/create-deal.js'
import { createRecord } from './actions/create-record.js'
import { createTask } from './actions/create-task.js'
import { createTicket } from './actions/create-ticket.js'
import { getRecord } from './actions/get-record.js'
import { listAssociated } from './actions/list-associated.js'
import { listOwners } from './actions/list-owners.js'
import { searchRecords } from './actions/search-records.js'
import { updateRecord } from './actions/update-record.js'
import { upsertRecord } from './actions/upsert-record.js'
import { appEvents } from './app-events.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { recordEvent } from './triggers/record-event.js'
import { newRecord, recordUpdated } from './triggers/records.js'

/** Contacts, companies, deals, tickets and custom objects in HubSpot. */
export const connector = defineConnector({
  id: 'hubspot',
  version: '1.0.0',
  name: 'HubSpot',
  description: 'Work with contacts, companies, deals and tickets in HubSpot, and start when they change.',
  icon,
  color: '#ff7a59',
  categories: ['crm', 'marketing'],
  docs: [
    'Sign in with HubSpot, or paste the access token of a private app that has the CRM scopes of what you want to automate.',
    'Properties are set by their internal names; the form offers those of your account, custom ones too. Custom objects are offered when the connection may read them.',
    '"Record event" needs the webhooks of the HubSpot app; whoever runs this product sets them up once for everybody. The other triggers ask HubSpot every few minutes and need nothing.',
    "HubSpot's search shows changes with a delay of up to some minutes.",
  ].join('\n\n'),
  auth,
  api: { baseUrl: 'https://api.hubapi.com', pace: { requests: 100, perMs: 10_000 } },
  actions: {
    createRecord,
    updateRecord,
    upsertRecord,
    getRecord,
    searchRecords,
    archiveRecord,
    createDeal,
    createTicket,
    createTask,
    associateRecords,
    listAssociated,
    changeList,
    addNote,
    listOwners,
  },
  triggers: { newRecord, recordUpdated, recordEvent },
  appEvents,
})
