import { defineConnector } from '@inlay/sdk/connector'
import { createRecord } from './actions/create-record.js'
import { deleteRecord } from './actions/delete-record.js'
import { getRecord } from './actions/get-record.js'
import { listRecords } from './actions/list-records.js'
import { updateRecord } from './actions/update-record.js'
import { upsertRecords } from './actions/upsert-records.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { changedRecord } from './triggers/changed-record.js'
import { newRecord } from './triggers/new-record.js'

/** Records of Airtable bases. */
export const connector = defineConnector({
  id: 'airtable',
  version: '1.0.0',
  name: 'Airtable',
  description: 'Read, write and find records, and start on new and changed ones.',
  icon,
  color: '#18bfff',
  categories: ['data', 'productivity'],
  docs: 'Sign in, or make a personal access token at airtable.com/create/tokens with the scopes data.records:read, data.records:write and schema.bases:read, for the bases that you want to automate. "Changed record" needs a field of the type "Last modified time".',
  auth,
  api: { baseUrl: 'https://api.airtable.com', pace: { requests: 5, perMs: 1000 } },
  actions: { createRecord, updateRecord, upsertRecords, getRecord, listRecords, deleteRecord },
  triggers: { newRecord, changedRecord },
})
