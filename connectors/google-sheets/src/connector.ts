import { defineConnector } from '@inlay/sdk/connector'
import { addSheet } from './actions/add-sheet.js'
import { appendRow } from './actions/append-row.js'
import { clearCells } from './actions/clear-cells.js'
import { createSpreadsheet } from './actions/create-spreadsheet.js'
import { findRows } from './actions/find-rows.js'
import { getRows } from './actions/get-rows.js'
import { listSheets } from './actions/list-sheets.js'
import { updateRow } from './actions/update-row.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newRow } from './triggers/new-row.js'

/** Rows of Google Sheets. */
export const connector = defineConnector({
  id: 'google-sheets',
  version: '1.0.0',
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
    'New rows are those below the last row of the poll before. Rows that are inserted further up, or sorted, are not told of.',
  ].join('\n'),
  auth,
  api: {
    baseUrl: 'https://sheets.googleapis.com',
    origins: ['https://www.googleapis.com'],
    pace: { requests: 60, perMs: 60_000 },
  },
  actions: { appendRow, updateRow, findRows, getRows, clearCells, createSpreadsheet, addSheet, listSheets },
  triggers: { newRow },
})
