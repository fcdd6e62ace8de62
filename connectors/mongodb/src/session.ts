import { once } from 'node:events'
import { type ConnectionTestContext, isInlayError, StepError } from '@inlay/sdk/connector'
import { MongoClient, type MongoClientOptions } from 'mongodb'
import { DoorProxy, type ProxyAddress } from './door-proxy.js'
import { serverOf } from './fields.js'
import { toMongoFailure } from './mongo-failure.js'
import { withHosts } from './seed-list.js'
import type { Server } from './server.js'

const CONNECT_TIMEOUT_MS = 10_000
/** Connection strings may ask for less. */
const SELECTION_TIMEOUT_MS = 10_000
const SOCKET_TIMEOUT_MS = 60_000
const GOODBYE_TIMEOUT_MS = 2000

/** How long the server may work on one request. */
export const OPERATION_TIMEOUT_MS = 30_000

/** What actions and triggers are given that talk to a server. */
export type SessionContext = Pick<ConnectionTestContext, 'auth' | 'net' | 'signal'>

/** What a session is given. */
export interface Session {
  readonly client: MongoClient
  /** Of the connection; undefined when it names none. */
  readonly database: string | undefined
}

/** Opens connections through the safe door, does it, and closes them all. @throws StepError by the server's error code */
export async function withSession<T>(context: SessionContext, use: (session: Session) => Promise<T>): Promise<T> {
  const { signal, net } = context
  signal.throwIfAborted()
  const server = await withHosts(serverOf(context.auth), signal)
  const refusals: unknown[] = []
  let give = (_error: unknown): void => {}
  const given = new Promise<never>((_, reject) => {
    give = reject
  })
  const proxy = new DoorProxy({
    net,
    signal,
    onRefused: (error) => {
      refusals.push(error)
      // Of the servers that people named none may be refused; of those that servers name some may be out of reach.
      if (proxy.opened === 0 && isInlayError(error) && isRefusal(error)) give(error)
    },
  })
  const onAbort = (): void => give(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  let client: MongoClient | undefined
  try {
    const opened = openClient(server, await proxy.listen())
    client = opened
    return await Promise.race([given, use({ client: opened, database: server.database })])
  } catch (error) {
    throw signal.aborted ? signal.reason : failureOf(error, refusals)
  } finally {
    signal.removeEventListener('abort', onAbort)
    if (client !== undefined) await sayGoodbye(client, signal)
    proxy.close()
  }
}

/** So that the server forgets the session, unless the step was stopped or the server answers no more. */
async function sayGoodbye(client: MongoClient, signal: AbortSignal): Promise<void> {
  // Whatever goes wrong in it: the step is done, and the proxy ends all connections after it.
  const closing = client.close().catch(() => {})
  if (signal.aborted) return
  const late = AbortSignal.any([signal, AbortSignal.timeout(GOODBYE_TIMEOUT_MS)])
  await Promise.race([closing, once(late, 'abort')])
}

function isRefusal(error: unknown): boolean {
  return error instanceof StepError && error.kind === 'rejected'
}

/** What the door said is the reason when no server could be selected. */
function failureOf(error: unknown, refusals: readonly unknown[]): unknown {
  const isUnreached = error instanceof Error && /ServerSelection|Network/.test(error.name)
  if (!isUnreached) return toMongoFailure(error)
  return refusals.find(isRefusal) ?? toMongoFailure(error)
}

function openClient(server: Server, proxy: ProxyAddress): MongoClient {
  const { hosts, username, password, tls, ca } = server
  const { serverSelectionTimeoutMS = '', ...options } = server.options
  const uri = `mongodb://${hosts.join(',')}/?${new URLSearchParams(options)}`
  const isUnverified = tls === 'unverified'
  const settings: MongoClientOptions = {
    // The only way out: the driver opens its connections through this proxy, and to nowhere else.
    ...proxy,
    ...(username === undefined ? {} : { auth: { username, password: password ?? '' } }),
    tls: tls !== 'none',
    ...(isUnverified ? { tlsAllowInvalidCertificates: true } : {}),
    ...(ca === undefined || tls === 'none' ? {} : { ca }),
    appName: options['appName'] ?? 'inlay',
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    serverSelectionTimeoutMS: Math.min(Number(serverSelectionTimeoutMS) || SELECTION_TIMEOUT_MS, SELECTION_TIMEOUT_MS),
    socketTimeoutMS: SOCKET_TIMEOUT_MS,
    maxPoolSize: 2,
    serverMonitoringMode: 'poll',
  }
  try {
    return new MongoClient(uri, settings)
  } catch (error) {
    throw toMongoFailure(error)
  }
}
