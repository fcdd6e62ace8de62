import { defineConnector } from '@inlay/sdk/connector'
import { addComment } from './actions/add-comment.js'
import { createRecord } from './actions/create-record.js'
import { createRecords } from './actions/create-records.js'
import { deleteRecord } from './actions/delete-record.js'
import { getRecord } from './actions/get-record.js'
import { listComments } from './actions/list-comments.js'
import { listRecords } from './actions/list-records.js'
import { updateRecord } from './actions/update-record.js'
import { uploadAttachment } from './actions/upload-attachment.js'
import { upsertRecords } from './actions/upsert-records.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { UPLOADS } from './origins.js'
import { changedRecord } from './triggers/changed-record.js'
import { newRecord } from './triggers/new-record.js'
import { recordEvent } from './triggers/record-event.js'

/** Records of Airtable bases. */
export const connector = defineConnector({
  id: 'airtable',
  version: '1.1.0',
  name: 'Airtable',
  description: 'Read, write and find records, and start on new and changed ones.',
  icon,
  color: '#18bfff',
  categories: ['data', 'productivity'],
  docs: 'Sign in, or make a personal access token at airtable.com/create/tokens with the scopes data.records:read, data.records:write and schema.bases:read, for the bases that you want to automate. "New or changed record" needs a field of the type "Last modified time". "Something happens to a record" hears by webhook: it needs the scope webhook:manage, and an account that may create in the base. Comments need data.recordComments:read and data.recordComments:write.',
  auth,
  api: { baseUrl: 'https://api.airtable.com', origins: [UPLOADS], pace: { requests: 5, perMs: 1000 } },
  actions: {
    createRecord,
    createRecords,
    updateRecord,
    upsertRecords,
    getRecord,
    listRecords,
    deleteRecord,
    uploadAttachment,
    addComment,
    listComments,
  },
  triggers: { newRecord, changedRecord, recordEvent },
})
