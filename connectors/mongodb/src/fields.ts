import { type AuthValues, StepError, tlsFields, z } from '@inlay/sdk/connector'
import { parseConnectionString } from './connection-string.js'
import type { Server } from './server.js'

/** `host`, `host:port`, `[::1]:port`, with commas between them. */
const HOSTS =
  /^(?:\[[0-9a-f:.]+\]|[^\s:,/@[\]]+)(?::\d{1,5})?(?:\s*,\s*(?:\[[0-9a-f:.]+\]|[^\s:,/@[\]]+)(?::\d{1,5})?)*$/i

/** The fields of a sign-in with user name and password. */
export const serverFields = z.object({
  hosts: z.string().trim().min(1).max(2000).regex(HOSTS, 'must be servers such as db1.example.com:27017').meta({
    title: 'Servers',
    description: 'One or more, with commas between them, as db1.example.com:27017.',
  }),
  database: z.string().min(1).meta({ title: 'Database', description: 'Used where a step names no other.' }),
  authSource: z.string().min(1).default('admin').meta({
    title: 'Database of the user',
    description: 'Where the user was made: admin, for most (authSource).',
  }),
  replicaSet: z.string().optional().meta({
    title: 'Replica set',
    description: 'Its name, where the servers are of one; empty otherwise.',
  }),
  ...tlsFields,
})

/** The fields of a connection string. */
export const connectionStringFields = z.object({
  connectionString: z.string().min(1).max(5000).meta({
    title: 'Connection string',
    format: 'password',
    description: 'As mongodb+srv://user:password@cluster.example.com/shop, also with mongodb:// and several servers.',
  }),
  database: z.string().optional().meta({
    title: 'Database',
    description: 'Empty: the one in the connection string. Used where a step names no other.',
  }),
  ca: tlsFields.ca,
})

/** Reads the connection. @throws StepError `authentication` when there is none, `rejected` when it cannot be read */
export function serverOf(auth: AuthValues): Server {
  if (auth.kind === 'basic') return ofFields(serverFields.parse(auth.fields), auth)
  if (auth.kind !== 'custom') throw new StepError('authentication', 'MongoDB needs a connection')
  const { connectionString, database, ca: own } = connectionStringFields.parse(auth.fields)
  return {
    ...parseConnectionString(connectionString),
    ...(database === undefined || database === '' ? {} : { database }),
    ...(own === undefined || own === '' ? {} : { ca: own }),
  }
}

function ofFields(
  { hosts, database, authSource, replicaSet, tls: encryption, ca: own }: z.infer<typeof serverFields>,
  { username, password }: { readonly username: string; readonly password: string },
): Server {
  return {
    hosts: hosts.split(',').map((host) => host.trim()),
    database,
    username,
    password,
    tls: encryption,
    ...(own === undefined || own === '' ? {} : { ca: own }),
    options: { authSource, ...(replicaSet === undefined || replicaSet === '' ? {} : { replicaSet }) },
  }
}
