import { type ConnectionTestContext, StepError } from '@inlay/sdk/connector'
import Broker from 'kafkajs/src/broker/index.js'
import ConnectionPool, { type PoolOptions } from 'kafkajs/src/network/connectionPool.js'
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js'
import apiKeys from 'kafkajs/src/protocol/requests/apiKeys.js'
import { requests } from 'kafkajs/src/protocol/requests/index.js'
import { isSaid, toKafkaFailure } from './kafka-failure.js'
import { type Metadata, metadataSchema } from './metadata.js'
import { type Address, type Server, serverOf } from './server.js'
import { registerCodecs } from './wire/codecs.js'
import { DoorSocket } from './wire/door-socket.js'

const CONNECT_TIMEOUT_MS = 15_000
const REQUEST_TIMEOUT_MS = 30_000
const CLIENT_ID = 'inlay'

/** What actions and triggers are given that talk to a cluster. */
export type ClusterContext = Pick<ConnectionTestContext, 'auth' | 'net' | 'signal'>

/** A cluster, as actions use it: every broker is reached through the safe door, also those that it names itself. */
export interface Cluster {
  /** Brokers and topics, all when no names are given; topics are never made by asking. @throws StepError by Kafka's error */
  metadata(topics: readonly string[]): Promise<Metadata>
  /** The broker with that number. */
  broker(nodeId: number): Promise<Broker>
  /** Whichever broker answered first. */
  readonly seed: Broker
}

/** Opens connections as they are needed, does it, and closes them all. @throws StepError by Kafka's error */
export async function withCluster<T>(context: ClusterContext, use: (cluster: Cluster) => Promise<T>): Promise<T> {
  const { signal } = context
  signal.throwIfAborted()
  registerCodecs()
  const connections = new Connections(context)
  let onAbort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
  })
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([aborted, connections.open().then(use)])
  } catch (error) {
    throw signal.aborted ? signal.reason : toKafkaFailure(isSaid(error) ? error : (connections.broken ?? error))
  } finally {
    signal.removeEventListener('abort', onAbort)
    await connections.close()
  }
}

const silent: PoolOptions['logger'] = {
  namespace: () => silent,
  debug: () => {},
  error: () => {},
  info: () => {},
  warn: () => {},
}

class Connections {
  /** What broke a connection, which says more than the library's error: the door's refusal among it. */
  broken: unknown
  readonly #context: ClusterContext
  readonly #server: Server
  readonly #sockets: DoorSocket[] = []
  readonly #pools: ConnectionPool[] = []
  readonly #brokers = new Map<string, Promise<Broker>>()
  readonly #addresses = new Map<number, Address>()
  #isClosed = false

  constructor(context: ClusterContext) {
    this.#context = context
    this.#server = serverOf(context.auth)
  }

  async open(): Promise<Cluster> {
    const seed = await this.#firstOf(this.#server.addresses)
    return {
      seed,
      metadata: (topics) => this.#learned(seed, topics),
      broker: async (nodeId) => {
        if (!this.#addresses.has(nodeId)) await this.#learned(seed, [])
        const address = this.#addresses.get(nodeId)
        if (address !== undefined) return this.#connected(address)
        throw new StepError('communication', `Kafka has no broker ${nodeId} at present`, {
          detail: 'A partition is without its leader. Try again when the cluster has recovered.',
        })
      },
    }
  }

  /** Ends everything at once. Safe to call twice. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const socket of this.#sockets) socket.destroy()
    // Ends the library's timers too.
    await Promise.allSettled(this.#pools.map((pool) => pool.destroy()))
  }

  async #learned(seed: Broker, topics: readonly string[]): Promise<Metadata> {
    const metadata = await readMetadata(seed, topics)
    for (const { nodeId, host, port } of metadata.brokers) this.#addresses.set(nodeId, { host, port })
    return metadata
  }

  async #firstOf(addresses: readonly Address[]): Promise<Broker> {
    let failure: unknown
    for (const address of addresses) {
      this.broken = undefined
      try {
        return await this.#connected(address)
      } catch (error) {
        if (isSaid(error)) throw error
        failure = error
      }
    }
    throw failure
  }

  #connected({ host, port }: Address): Promise<Broker> {
    const name = `${host}:${port}`
    const known = this.#brokers.get(name)
    if (known !== undefined) return known
    const connecting = this.#connect({ host, port })
    this.#brokers.set(name, connecting)
    return connecting
  }

  async #connect({ host, port }: Address): Promise<Broker> {
    const connectionPool = this.#poolFor({ host, port })
    const broker = new Broker({
      connectionPool,
      logger: silent,
      authenticationTimeout: CONNECT_TIMEOUT_MS,
      allowAutoTopicCreation: false,
    })
    await broker.connect()
    return broker
  }

  #poolFor({ host, port }: Address): ConnectionPool {
    const { net, signal } = this.#context
    const connectionPool = new ConnectionPool({
      host,
      port,
      ssl: null,
      sasl: this.#server.sasl,
      clientId: CLIENT_ID,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      logger: silent,
      // The only way out: the library opens no socket of its own when it is given this.
      socketFactory: (target) => {
        const socket = new DoorSocket({ ...target, net, signal, encryption: this.#server.encryption }, target.onConnect)
        socket.on('error', (error) => {
          this.broken ??= error
        })
        this.#sockets.push(socket)
        if (this.#isClosed) socket.destroy()
        return socket
      },
    })
    // The library's timer for requests that wait runs every millisecond when none waits, and newer versions of Node warn.
    for (const { requestQueue } of connectionPool.pool) {
      const schedule = requestQueue.scheduleCheckPendingRequests.bind(requestQueue)
      requestQueue.scheduleCheckPendingRequests = () => {
        if (requestQueue.pending.length > 0) schedule()
      }
    }
    this.#pools.push(connectionPool)
    return connectionPool
  }
}

/** Without the library's own reading, which fails for all topics when one partition of any has no leader. */
async function readMetadata(broker: Broker, topics: readonly string[]): Promise<Metadata> {
  const request = broker.lookupRequest(apiKeys.Metadata, requests.Metadata)({ topics, allowAutoTopicCreation: false })
  const decoded = await broker.connectionPool.send({ ...request, response: { ...request.response, parse: (it) => it } })
  const metadata = metadataSchema.parse(decoded)
  const failed = metadata.topics.find(({ topicErrorCode }) => topicErrorCode !== 0)
  if (failed !== undefined && topics.length > 0) throw createErrorFromCode(failed.topicErrorCode)
  return metadata
}
