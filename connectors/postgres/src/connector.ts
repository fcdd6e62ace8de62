import { defineConnector } from '@inlay/sdk/connector'
import { deleteRows } from './actions/delete-rows.js'
import { insertRow } from './actions/insert-row.js'
import { query } from './actions/query.js'
import { updateRows } from './actions/update-rows.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newRow } from './triggers/new-row.js'

/** Rows of a PostgreSQL database. */
export const connector = defineConnector({
  id: 'postgres',
  version: '1.0.0',
  name: 'PostgreSQL',
  description: 'Query and change tables of a PostgreSQL database, and start when a row is added.',
  icon,
  color: '#4169e1',
  categories: ['data', 'developer'],
  docs: 'Needs a database that can be reached from here, and a user with rights on the tables. Statements end after 60 seconds.',
  auth,
  actions: { query, insertRow, updateRows, deleteRows },
  triggers: { newRow },
})
