import type { AuthDefinition, AuthMethod, ConnectionTestContext } from '@inlay/sdk/connector'
import { withCluster } from './cluster.js'
import { certificateFields, saslFields, serverFields } from './server.js'

const HELP = 'Make a user of its own for automations, with rights on just the topics and groups that they need.'

const common = {
  test: async (context: ConnectionTestContext) => {
    await withCluster(context, (cluster) => cluster.metadata([]))
  },
  account: async ({ auth }: ConnectionTestContext) => {
    const { servers } = serverFields.parse(auth.fields)
    const id = auth.kind === 'basic' ? `${auth.username}@${servers}` : servers
    return { id, label: id }
  },
} satisfies Pick<AuthMethod, 'test' | 'account'>

/** User name and password, a client certificate, or nothing. */
export const auth: readonly AuthDefinition[] = [
  { kind: 'basic', id: 'sasl', name: 'User name and password (SASL)', help: HELP, fields: saslFields, ...common },
  {
    kind: 'custom',
    id: 'certificate',
    name: 'Client certificate',
    help: HELP,
    fields: certificateFields,
    secretFields: ['key'],
    ...common,
  },
  { kind: 'custom', id: 'open', name: 'Without sign-in', fields: serverFields, ...common },
]
