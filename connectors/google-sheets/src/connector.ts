import { defineConnector } from '@inlay/sdk/connector'
import { addSheet } from './actions/add-sheet.js'
import { appendRow } from './actions/append-row.js'
import { appendRows } from './actions/append-rows.js'
import { clearCells } from './actions/clear-cells.js'
import { createSpreadsheet } from './actions/create-spreadsheet.js'
import { deleteRows } from './actions/delete-rows.js'
import { findRows } from './actions/find-rows.js'
import { getRows } from './actions/get-rows.js'
import { listSheets } from './actions/list-sheets.js'
import { updateRow } from './actions/update-row.js'
import { upsertRow } from './actions/upsert-row.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { changedRow } from './triggers/changed-row.js'
import { newRow } from './triggers/new-row.js'

/** Rows of Google Sheets. */
export const connector = defineConnector({
  id: 'google-sheets',
  version: '1.1.0',
  name: 'Google Sheets',
  description: 'Add, change and find rows of spreadsheets in Google Sheets.',
  icon,
  color: '#34a853',
  categories: ['productivity', 'data'],
  docs: [
    'Sign in with Google; or paste the JSON key of a service account, and share the spreadsheets with its address.',
    '',
    'The first row of a sheet names its columns (another row may, too). The Sheets API and the Drive API must be enabled in the Google Cloud project of the OAuth client or the service account.',
    '',
    '"New row" tells of rows below the last row of the poll before, not of those that are inserted further up. "New or changed row" compares all rows with those of the poll before: it tells of rows that are inserted anywhere and of changes, in sheets of up to 20,000 rows.',
  ].join('\n'),
  auth,
  api: {
    baseUrl: 'https://sheets.googleapis.com',
    origins: ['https://www.googleapis.com'],
    pace: { requests: 60, perMs: 60_000 },
  },
  actions: {
    appendRow,
    appendRows,
    updateRow,
    upsertRow,
    findRows,
    getRows,
    deleteRows,
    clearCells,
    createSpreadsheet,
    addSheet,
    listSheets,
  },
  triggers: { newRow, changedRow },
})
