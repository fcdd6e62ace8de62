// biome-ignore-all lint/style/noDefaultExport: these modules export so.
// What is used of packages that ship no types, and of parts of kafkajs that its own types leave out.

declare module 'kafkajs/src/network/connectionPool.js' {
  import type { EventEmitter } from 'node:events'

  /** Where the connection is made: any object with these methods and the events of a socket will do. */
  export interface WireSocket extends EventEmitter {
    write(bytes: Uint8Array): boolean
    end(): void
    unref(): void
  }

  interface Logger {
    namespace(): Logger
    debug(): void
    error(): void
    info(): void
    warn(): void
  }

  export interface PoolOptions {
    readonly host: string
    readonly port: number
    readonly ssl: null
    readonly sasl: { readonly mechanism: string; readonly username: string; readonly password: string } | null
    readonly clientId: string
    readonly socketFactory: (target: { host: string; port: number; onConnect: () => void }) => WireSocket
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly logger: Logger
  }

  interface RequestQueue {
    readonly pending: readonly unknown[]
    scheduleCheckPendingRequests(): void
  }

  interface WireRequest {
    readonly request: unknown
    readonly response: { readonly decode: unknown; readonly parse: (decoded: unknown) => unknown }
  }

  export default class ConnectionPool {
    readonly pool: readonly { readonly requestQueue: RequestQueue }[]
    constructor(options: PoolOptions)
    send(request: WireRequest): Promise<unknown>
    destroy(): Promise<void>
  }
}

declare module 'kafkajs/src/broker/index.js' {
  import type ConnectionPool from 'kafkajs/src/network/connectionPool.js'
  import type { PoolOptions, WireRequest } from 'kafkajs/src/network/connectionPool.js'

  interface PartitionsOf<T> {
    readonly topic: string
    readonly partitions: readonly T[]
  }

  export interface WireRecord {
    readonly offset: string
    readonly timestamp: string
    readonly key: Buffer | null
    readonly value: Buffer | null
    readonly headers: Readonly<Record<string, Buffer | null | readonly (Buffer | null)[]>>
    readonly isControlRecord?: boolean
    /** Empty for records of before Kafka 0.11. */
    readonly batchContext?: { readonly firstOffset?: string; readonly lastOffsetDelta: number }
  }

  export interface NewRecord {
    readonly key: Buffer | null
    readonly value: Buffer | null
    readonly headers: Readonly<Record<string, string>>
  }

  interface ConfigEntry {
    readonly configName: string
    readonly configValue: string | null
    readonly isDefault: boolean
    readonly isSensitive: boolean
  }

  export default class Broker {
    constructor(options: {
      readonly connectionPool: ConnectionPool
      readonly logger: PoolOptions['logger']
      readonly authenticationTimeout: number
      readonly allowAutoTopicCreation: boolean
    })
    readonly connectionPool: ConnectionPool
    connect(): Promise<void>
    lookupRequest(
      apiKey: number,
      definition: unknown,
    ): (options: { readonly topics: readonly string[]; readonly allowAutoTopicCreation: boolean }) => WireRequest
    listOffsets(request: {
      readonly isolationLevel: number
      readonly topics: readonly PartitionsOf<{ readonly partition: number; readonly timestamp: number }>[]
    }): Promise<{ readonly responses: readonly PartitionsOf<{ partition: number; offset: string }>[] }>
    fetch(request: {
      readonly isolationLevel: number
      readonly maxWaitTime: number
      readonly maxBytes: number
      readonly topics: readonly PartitionsOf<{ partition: number; fetchOffset: string; maxBytes: number }>[]
    }): Promise<{
      readonly responses: readonly {
        readonly partitions: readonly {
          readonly partition: number
          readonly abortedTransactions?: readonly unknown[]
          readonly messages: readonly WireRecord[]
        }[]
      }[]
    }>
    produce(request: {
      readonly acks: number
      readonly timeout: number
      readonly topicData: readonly PartitionsOf<{
        readonly partition: number
        readonly firstSequence: number
        readonly messages: readonly NewRecord[]
      }>[]
    }): Promise<{
      readonly topics: readonly { readonly partitions: readonly { partition: number; baseOffset: string }[] }[]
    }>
    createTopics(request: {
      readonly timeout: number
      readonly topics: readonly {
        readonly topic: string
        readonly numPartitions: number
        readonly replicationFactor: number
        readonly configEntries: readonly { readonly name: string; readonly value: string }[]
      }[]
    }): Promise<unknown>
    describeConfigs(request: {
      readonly resources: readonly { readonly type: number; readonly name: string }[]
    }): Promise<{ readonly resources: readonly { readonly configEntries: readonly ConfigEntry[] }[] }>
    listGroups(): Promise<{ readonly groups: readonly { readonly groupId: string; readonly protocolType: string }[] }>
    findGroupCoordinator(request: {
      readonly groupId: string
      readonly coordinatorType: number
    }): Promise<{ readonly coordinator: { readonly nodeId: number; readonly host: string; readonly port: number } }>
    describeGroups(request: { readonly groupIds: readonly string[] }): Promise<{
      readonly groups: readonly {
        readonly state: string
        readonly members: readonly { memberId: string; clientId: string; clientHost: string }[]
      }[]
    }>
    offsetFetch(request: { readonly groupId: string; readonly topics: readonly [] }): Promise<{
      readonly responses: readonly PartitionsOf<{ partition: number; offset: string }>[]
    }>
  }
}

declare module 'kafkajs/src/protocol/requests/index.js' {
  export const requests: { readonly Metadata: unknown }
}

declare module 'kafkajs/src/protocol/requests/apiKeys.js' {
  const apiKeys: { readonly Metadata: number }
  export default apiKeys
}

declare module 'kafkajs/src/protocol/error.js' {
  export function createErrorFromCode(code: number): Error
}

declare module 'kafkajs/src/consumer/filterAbortedMessages.js' {
  import type { WireRecord } from 'kafkajs/src/broker/index.js'
  export default function filterAbortedMessages(batch: {
    readonly messages: readonly WireRecord[]
    readonly abortedTransactions: readonly unknown[] | undefined
  }): readonly WireRecord[]
}

declare module 'lz4js' {
  export function decompressBound(frame: Uint8Array): number
  export function decompress(frame: Uint8Array, maxSize: number): Uint8Array
}

declare module 'snappyjs' {
  export function uncompress(block: Uint8Array, maxLength: number): Uint8Array
}
