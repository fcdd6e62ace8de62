import { defineConnector } from '@inlay/sdk/connector'
import { deleteRows, updateRows } from './actions/change-rows.js'
import { insertRow } from './actions/insert-row.js'
import { query } from './actions/query.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newRow } from './triggers/new-row.js'

/** Rows of a MySQL or MariaDB database. */
export const connector = defineConnector({
  id: 'mysql',
  version: '1.0.0',
  name: 'MySQL',
  description: 'Query and change tables of a MySQL or MariaDB database, and start when a row is added.',
  icon,
  color: '#4479a1',
  categories: ['data', 'developer'],
  docs: 'Needs a MySQL or MariaDB database that can be reached from here, and a user with rights on the tables. Queries end after 60 seconds.',
  auth,
  actions: { query, insertRow, updateRows, deleteRows },
  triggers: { newRow },
})
