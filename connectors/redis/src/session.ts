import type { Socket } from 'node:net'
import { type ConnectionTestContext, StepError, startTls, tlsFields, z } from '@inlay/sdk/connector'
import { AbstractConnector, Redis } from 'ioredis'
import { toRedisFailure, toSignInFailure } from './redis-failure.js'

const COMMAND_TIMEOUT_MS = 30_000
const HANDSHAKE_TIMEOUT_MS = 10_000
const MAX_REPLY_BYTES = 16 * 1024 * 1024

/** Where the server is, and how it is reached safely. */
export const serverFields = z.object({
  host: z.string().min(1).meta({ title: 'Server', description: 'For example redis.example.com' }),
  port: z.coerce.number().int().min(1).max(65_535).default(6379).meta({ title: 'Port' }),
  username: z.string().max(500).default('').meta({
    title: 'User name',
    description: 'Empty where the server has a password only.',
  }),
  password: z.string().max(10_000).default('').meta({
    title: 'Password',
    format: 'password',
    description: 'Empty where the server asks for none.',
  }),
  database: z.coerce.number().int().min(0).max(65_535).default(0).meta({ title: 'Database number' }),
  ...tlsFields,
})

type Server = z.infer<typeof serverFields>
type SessionContext = Pick<ConnectionTestContext, 'auth' | 'net' | 'signal'>

/** Opens one connection through the safe door, signs in, does it, and closes. @throws StepError by the error reply */
export async function withSession<T>(context: SessionContext, use: (redis: Redis) => Promise<T>): Promise<T> {
  const { auth, net, signal } = context
  signal.throwIfAborted()
  if (auth.kind !== 'custom') throw new StepError('authentication', 'Redis needs a connection')
  const server = serverFields.parse(auth.fields)
  const socket = await net.connect({ host: server.host, port: server.port, signal })
  // What broke the connection says more than the driver, which only knows that it is closed.
  let broken: unknown
  const onBroken = (error: unknown): void => {
    broken ??= error
  }
  socket.on('error', onBroken)
  const onAbort = (): void => void socket.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const { host, tls, ca } = server
    const isVerified = tls === 'verify'
    const stream = tls === 'none' ? socket : await startTls(socket, { service: 'Redis', host, isVerified, ca })
    stream.on('error', onBroken)
    return await converse(stream, async (redis) => {
      await signIn(redis, server)
      // By hand, because the driver would go on in database 0 when the server refuses.
      if (server.database !== 0) await redis.call('SELECT', server.database)
      return use(redis)
    })
  } catch (error) {
    throw signal.aborted ? signal.reason : toRedisFailure(broken ?? error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.destroy()
  }
}

async function converse<T>(stream: Socket, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = overStream(stream)
  try {
    await redis.connect()
    boundReplies(stream)
    return await use(redis)
  } finally {
    redis.disconnect()
    stream.destroy()
  }
}

function overStream(stream: Socket): Redis {
  class DoorConnector extends AbstractConnector {
    constructor() {
      super(HANDSHAKE_TIMEOUT_MS)
    }

    override connect(): Promise<Socket> {
      this.stream = stream
      return Promise.resolve(stream)
    }
  }
  const redis = new Redis({
    // The only way out: the driver never opens a socket of its own, and never a second one.
    Connector: DoorConnector,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    // Neither is allowed to every user, and signing in comes first.
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
    commandTimeout: COMMAND_TIMEOUT_MS,
    // Whole numbers of 64 bits do not fit into JSON's.
    stringNumbers: true,
  })
  // The command that failed tells it; without a listener the driver writes to the console.
  redis.on('error', () => {})
  return redis
}

function boundReplies(stream: Socket): void {
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= MAX_REPLY_BYTES) return
    stream.destroy(new StepError('limit', 'What Redis answered is larger than 16 MiB: ask for less'))
  })
}

async function signIn(redis: Redis, { username, password }: Server): Promise<void> {
  const isDefault = username === '' || username === 'default'
  if (isDefault && password === '') return
  try {
    // Servers before version 6 know no users, only the password.
    await redis.call('AUTH', ...(isDefault ? [password] : [username, password]))
  } catch (error) {
    throw toSignInFailure(error)
  }
}
