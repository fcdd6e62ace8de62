import type { AuthDefinition } from '@inlay/sdk/connector'
import { serverFields, withSession } from './session.js'

/** A database with user name and password. */
export const auth: AuthDefinition = {
  kind: 'basic',
  name: 'Database user',
  help: 'Make a user of its own for automations, with rights on just the tables that they need.',
  fields: serverFields,
  test: async (context) => {
    await withSession(context, { isReadOnly: true, use: ({ read }) => read('select 1', [], 1) })
  },
  account: async (context) => {
    const { host, port, database } = serverFields.parse(context.auth.fields)
    const user = context.auth.kind === 'basic' ? context.auth.username : ''
    const id = `${user}@${host}:${port}/${database}`
    return { id, label: id }
  },
}
