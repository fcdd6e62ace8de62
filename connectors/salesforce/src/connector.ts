import { defineConnector } from '@inlay/sdk/connector'
import { createRecord } from './actions/create-record.js'
import { deleteRecord } from './actions/delete-record.js'
import { findRecords } from './actions/find-records.js'
import { getFile } from './actions/get-file.js'
import { getRecord } from './actions/get-record.js'
import { queryRecords } from './actions/query-records.js'
import { runFlow } from './actions/run-flow.js'
import { searchRecords } from './actions/search-records.js'
import { updateRecord } from './actions/update-record.js'
import { uploadFile } from './actions/upload-file.js'
import { upsertRecord } from './actions/upsert-record.js'
import { upsertRecords } from './actions/upsert-records.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { baseUrlOf } from './salesforce-api.js'
import { recordDeleted } from './triggers/record-deleted.js'
import { newRecord, recordUpdated } from './triggers/records.js'

/** Records, queries and flows in Salesforce. */
export const connector = defineConnector({
  id: 'salesforce',
  version: '1.0.0',
  name: 'Salesforce',
  description: 'Work with records of any object in Salesforce, run flows, and start when records change.',
  icon,
  color: '#00a1e0',
  categories: ['crm'],
  docs: [
    'Sign in with an account that has the permission "API Enabled" (Enterprise edition and above, or the API as an add-on). Sandboxes sign in at test.salesforce.com.',
    'Objects and fields are named by their API names; the form offers those of your org, custom ones too.',
    'Triggers ask Salesforce every few minutes, each time with one call of the daily quota. Leave the fields to read empty to get all.',
  ].join('\n\n'),
  auth,
  api: { baseUrl: baseUrlOf },
  actions: {
    createRecord,
    updateRecord,
    upsertRecord,
    upsertRecords,
    getRecord,
    deleteRecord,
    findRecords,
    queryRecords,
    searchRecords,
    runFlow,
    uploadFile,
    getFile,
  },
  triggers: { newRecord, recordUpdated, recordDeleted },
})
