import type { AuthDefinition } from '@inlay/sdk/connector'
import { serverFields, withSession } from './session.js'

/** A server with user name and password, with a password alone, or with neither. */
export const auth: AuthDefinition = {
  // Not `basic`, which demands a user name and a password.
  kind: 'custom',
  name: 'Redis server',
  help: 'Make a user of its own for automations, with rights on just the keys that they need.',
  fields: serverFields,
  secretFields: ['password'],
  test: async (context) => {
    await withSession(context, (redis) => redis.ping())
  },
  account: async (context) => {
    const { host, port, database, username } = serverFields.parse(context.auth.fields)
    const id = `${username === '' ? 'default' : username}@${host}:${port}/${database}`
    return { id, label: id }
  },
}
