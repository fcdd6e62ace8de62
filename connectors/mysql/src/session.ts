import { isIP, type Socket } from 'node:net'
import {
  type ConnectionTestContext,
  type JsonObject,
  type JsonValue,
  plainRows,
  StepError,
  tlsFields,
  z,
} from '@inlay/sdk/connector'
import { type Connection, createConnection } from 'mysql2'
import { toSqlFailure } from './sql-failure.js'

const STATEMENT_TIMEOUT_S = 60

// Comments that only MariaDB, and only MySQL from 5.7.8, read: each has its own name for the same limit.
const SETTINGS = `set session time_zone = '+00:00'
  /*M!100101 , max_statement_time = ${STATEMENT_TIMEOUT_S} */ /*!50708 , max_execution_time = ${STATEMENT_TIMEOUT_S * 1000} */`

/** Where the database is, and how it is reached safely. */
export const serverFields = z.object({
  host: z.string().min(1).meta({ title: 'Server', description: 'For example db.example.com' }),
  port: z.coerce.number().int().min(1).max(65_535).default(3306).meta({ title: 'Port' }),
  database: z.string().min(1).meta({ title: 'Database' }),
  ...tlsFields,
})

/** A value of a placeholder; lists and objects are written as JSON. */
type Parameters = readonly JsonValue[]

/** What a changing statement did. */
export interface Change {
  /** Rows that matched. */
  readonly count: number
  /** The number that the server gave to the new row; null when it gave none. */
  readonly insertId: string | null
}

/** One connection, as actions use it. */
export interface Session {
  /** Prepares and runs one statement that changes rows. */
  change(sql: string, parameters: Parameters): Promise<Change>
  /** Prepares and runs one statement and reads at most so many rows of its answer. */
  read(sql: string, parameters: Parameters, maxRows: number): Promise<JsonObject[]>
}

interface SessionOptions<T> {
  readonly isReadOnly?: boolean
  readonly use: (session: Session) => Promise<T>
}

type SessionContext = Pick<ConnectionTestContext, 'auth' | 'net' | 'signal'>

/** Opens one connection through the safe door, does it in one transaction, and closes. @throws StepError by errno */
export async function withSession<T>(context: SessionContext, options: SessionOptions<T>): Promise<T> {
  const { signal } = context
  signal.throwIfAborted()
  const { connection, socket } = await connect(context)
  let onAbort = (): void => {}
  // The driver forgets about statements under way when it is closed: this makes sure that their step ends.
  const broken = new Promise<never>((_, reject) => {
    onAbort = () => {
      socket.destroy()
      reject(signal.reason)
    }
    connection.on('error', reject)
  })
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  try {
    return await Promise.race([broken, inTransaction(connection, options)])
  } catch (error) {
    throw signal.aborted ? signal.reason : toSqlFailure(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    // Says goodbye when it can, so that the server's log has no aborted connection.
    connection.end()
    socket.destroy()
  }
}

async function inTransaction<T>(connection: Connection, { isReadOnly, use }: SessionOptions<T>): Promise<T> {
  const session: Session = {
    change: (sql, parameters) => change(connection, sql, parameters),
    read: (sql, parameters, maxRows) => read(connection, { sql, parameters, maxRows }),
  }
  await command(connection, SETTINGS)
  if (isReadOnly === true) {
    // For the session too: nothing that ends this transaction can begin one that writes.
    await command(connection, 'set session transaction read only')
    await command(connection, 'start transaction read only')
    // Nothing to commit, and rows that nobody reads any more may still be under way.
    return use(session)
  }
  await command(connection, 'start transaction')
  const result = await use(session)
  await command(connection, 'commit')
  return result
}

async function connect({ auth, net, signal }: SessionContext): Promise<{ connection: Connection; socket: Socket }> {
  if (auth.kind !== 'basic') throw new StepError('authentication', 'MySQL needs a connection')
  const { username, password } = auth
  if (username === '') throw new StepError('authentication', 'MySQL needs the name of a user')
  const { host, port, database, tls, ca } = serverFields.parse(auth.fields)
  if (tls === 'verify' && isIP(host) !== 0) {
    // The driver would compare the certificate with the name "localhost".
    throw new StepError('rejected', 'The certificate of MySQL cannot be checked for an IP address', {
      detail: 'Give the name of the server, or choose encryption without the check.',
    })
  }
  const isVerified = tls === 'verify'
  const ssl = { rejectUnauthorized: isVerified, verifyIdentity: isVerified, ...(ca === undefined ? {} : { ca }) }
  const socket = await net.connect({ host, port, signal })
  const connection = createConnection({
    // The only way out: the driver opens no socket when it is given one.
    stream: socket,
    host,
    port,
    database,
    user: username,
    password,
    ...(tls === 'none' ? {} : { ssl }),
    charset: 'utf8mb4',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    // No server may ask this process for its files.
    flags: ['-LOCAL_FILES'],
    // Names of columns are the server's: no code is made of them.
    disableEval: true,
  })
  return { connection, socket }
}

function command(connection: Connection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error) => (error === null ? resolve() : reject(error)))
  })
}

const headerSchema = z.object({
  affectedRows: z.coerce.number(),
  insertId: z.union([z.number(), z.string()]).transform(String),
})

function change(connection: Connection, sql: string, parameters: Parameters): Promise<Change> {
  return new Promise((resolve, reject) => {
    connection.execute(sql, parameters.map(written), (error, result) => {
      if (error !== null) return reject(error)
      const { affectedRows, insertId } = headerSchema.parse(result)
      resolve({ count: affectedRows, insertId: insertId === '0' ? null : insertId })
    })
  })
}

interface Reading {
  readonly sql: string
  readonly parameters: Parameters
  readonly maxRows: number
}

function read(connection: Connection, { sql, parameters, maxRows }: Reading): Promise<JsonObject[]> {
  return new Promise((resolve, reject) => {
    const rows: object[] = []
    let hasColumns = false
    const statement = connection.execute(sql, parameters.map(written))
    statement.on('error', reject)
    statement.on('fields', (fields) => {
      hasColumns = fields !== undefined
    })
    statement.on('result', (row) => {
      if (!hasColumns || rows.length === maxRows) return
      rows.push(row)
      if (rows.length === maxRows) resolve(plainRows(rows))
    })
    statement.on('end', () => resolve(plainRows(rows)))
  })
}

function written(value: JsonValue): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
