import type { AuthDefinition, AuthMethod, ConnectionTestContext } from '@inlay/sdk/connector'
import { connectionStringFields, serverFields, serverOf } from './fields.js'
import { withSession } from './session.js'

const HELP = 'Make a user of its own for automations, with rights on just the collections that they need.'

const common = {
  test: async (context: ConnectionTestContext) => {
    await withSession(context, ({ client, database }) => client.db(database).command({ ping: 1 }))
  },
  account: async ({ auth }: ConnectionTestContext) => {
    const { username, srvName, hosts, database = '' } = serverOf(auth)
    const id = `${username === undefined ? '' : `${username}@`}${srvName ?? hosts.join(',')}/${database}`
    return { id, label: id }
  },
} satisfies Pick<AuthMethod, 'test' | 'account'>

/** Servers with user and password, or a connection string. */
export const auth: readonly AuthDefinition[] = [
  { kind: 'basic', id: 'user', name: 'User name and password', help: HELP, fields: serverFields, ...common },
  {
    kind: 'custom',
    id: 'connectionString',
    name: 'Connection string',
    help: `${HELP} Options that read files, ask others for tokens or name a proxy are refused.`,
    fields: connectionStringFields,
    secretFields: ['connectionString'],
    ...common,
  },
]
