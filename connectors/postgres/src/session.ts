import { isIP } from 'node:net'
import { type ConnectionTestContext, StepError, tlsFields, z } from '@inlay/sdk/connector'
import postgres, { type TransactionSql } from 'postgres'
import { toSqlFailure } from './sql-failure.js'

const STATEMENT_TIMEOUT_MS = 60_000

/** Where the database is, and how it is reached safely. */
export const serverFields = z.object({
  host: z.string().min(1).meta({ title: 'Server', description: 'For example db.example.com' }),
  port: z.coerce.number().int().min(1).max(65_535).default(5432).meta({ title: 'Port' }),
  database: z.string().min(1).meta({ title: 'Database' }),
  ...tlsFields,
})

interface SessionOptions<T> {
  readonly isReadOnly?: boolean
  readonly use: (sql: TransactionSql) => Promise<T>
}

type SessionContext = Pick<ConnectionTestContext, 'auth' | 'net' | 'signal'>

/** Opens one connection through the safe door, does it in one transaction, and closes. @throws StepError by SQLSTATE */
export async function withSession<T>(context: SessionContext, options: SessionOptions<T>): Promise<T> {
  const { signal } = context
  signal.throwIfAborted()
  const sql = connect(context)
  // The server notices that the connection is gone and ends the statement: see `bound`.
  const onAbort = (): void => void sql.end({ timeout: 0 })
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const result = await sql.begin(options.isReadOnly === true ? 'read only' : 'read write', async (transaction) => {
      await bound(transaction)
      return { value: await options.use(transaction) }
    })
    // The driver's type unwraps arrays of promises; an object stays what it is.
    return (result as { value: T }).value
  } catch (error) {
    throw signal.aborted ? signal.reason : toSqlFailure(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    await sql.end({ timeout: 0 })
  }
}

function connect({ auth, net, signal }: SessionContext) {
  if (auth.kind !== 'basic') throw new StepError('authentication', 'PostgreSQL needs a connection')
  const { username, password } = auth
  if (username === '') throw new StepError('authentication', 'PostgreSQL needs the name of a user')
  const { host, port, database, tls, ca } = serverFields.parse(auth.fields)
  const verified = {
    rejectUnauthorized: tls === 'verify',
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
  }
  const options = {
    host,
    port,
    database,
    username,
    // A function, because the driver would take an empty text's place from this process's own PGPASSWORD.
    password: () => password,
    ssl: tls === 'none' ? (false as const) : verified,
    // No pool: a connection that outlives the step could serve another customer.
    max: 1,
    prepare: false,
    onnotice: () => {},
    connection: { application_name: 'inlay' },
    // The only way out: whenever the driver wants a socket, the door opens it.
    socket: () => net.connect({ host, port, signal }),
  }
  return postgres(options)
}

/** Holds for the transaction alone, so that poolers in between hand nothing on. Older servers lack the second setting. */
async function bound(sql: TransactionSql): Promise<void> {
  await sql`select set_config(name, case name when 'statement_timeout' then ${String(STATEMENT_TIMEOUT_MS)} else '1000' end, true)
    from pg_settings where name in ('statement_timeout', 'client_connection_check_interval')`
}
