import { defineConnector } from '@inlay/sdk/connector'
import { callFunction } from './actions/call-function.js'
import { deleteRows } from './actions/delete-rows.js'
import { insertRow } from './actions/insert-row.js'
import { insertRows } from './actions/insert-rows.js'
import { query } from './actions/query.js'
import { runStatement } from './actions/run-statement.js'
import { selectRows } from './actions/select-rows.js'
import { updateRows } from './actions/update-rows.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { changedRow } from './triggers/changed-row.js'
import { newRow } from './triggers/new-row.js'
import { queryRow } from './triggers/query-row.js'

/** Rows of a PostgreSQL database. */
export const connector = defineConnector({
  id: 'postgres',
  version: '1.1.0',
  name: 'PostgreSQL',
  description: 'Query and change tables of a PostgreSQL database, and start when a row is added or changed.',
  icon,
  color: '#4169e1',
  categories: ['data', 'developer'],
  docs: 'Needs a database that can be reached from here, and a user with rights on the tables. Statements end after 60 seconds.',
  auth,
  actions: { selectRows, query, insertRow, insertRows, updateRows, deleteRows, runStatement, callFunction },
  triggers: { newRow, changedRow, queryRow },
})
