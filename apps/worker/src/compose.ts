import { createEngine, type Engine, type Journal } from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import { createPostgresJournal } from '@inlay/engine/postgres'
import { createConnectorRegistry } from '@inlay/platform/catalog'
import type { Config } from '@inlay/platform/config'
import { ConnectionStore, createConnectionsService } from '@inlay/platform/connections'
import { openDatabase } from '@inlay/platform/database'
import {
  assertRedisKeepsKeys,
  connectPatientRedis,
  connectRedis,
  createEventPublisher,
  redisReady,
} from '@inlay/platform/realtime'
import { createLeader, createQueueDispatcher, startSweeper } from '@inlay/platform/runs'
import { createLogger, type Logger } from '@inlay/platform/telemetry'
import { startScheduler } from '@inlay/platform/triggers'
import { WorkflowStore } from '@inlay/platform/workflows'
import { CONNECTORS } from './connectors.js'
import { startRunConsumer } from './jobs/run-consumer.js'

/** A running worker. */
export interface Worker {
  readonly log: Logger
  /** Takes no more work, lets what is under way end, gives the rest back. */
  close(): Promise<void>
}

/** The composition root of the worker. */
export async function compose(config: Config): Promise<Worker> {
  const log = createLogger({ level: config.logLevel, service: 'worker' })
  const database = openDatabase({ databaseUrl: config.databaseUrl, engineDatabaseUrl: config.engineDatabaseUrl })
  await database.ping()
  const redis = connectRedis(config.redisUrl)
  await redisReady(redis)
  await assertRedisKeepsKeys(redis)
  const egress = createEgress({ allow: config.egressAllow })
  const { http, net } = egress
  const registry = createConnectorRegistry(CONNECTORS)
  const store = new WorkflowStore(database)
  const connections = createConnectionsService({
    store: new ConnectionStore(database),
    registry,
    masterKeys: config.masterKeys,
    http,
    net,
  })
  const journal: Journal = createPostgresJournal({ sql: database.engine })
  const dispatcher = createQueueDispatcher(redis)
  const engine: Engine = createEngine({
    journal,
    dispatcher,
    definitions: {
      load: async (tenantId, versionId) => (await store.findVersionById({ tenantId }, versionId))?.definition,
    },
    connectors: registry,
    credentials: connections.credentials,
    http,
    net,
    events: createEventPublisher(redis),
    settings: { maxConcurrentRuns: config.workerConcurrency },
    onUnexpected: (error, context) => log.error({ error, ...context }, 'A run met something unforeseen.'),
    onLog: ({ level, message, ...entry }) => log[level]({ ...entry }, message),
  })
  const leader = createLeader(database.engine)
  const sweeper = startSweeper({ journal, dispatcher, leader, log })
  const scheduler = startScheduler({ sql: database.engine, engine, leader, log })
  const consumer = startRunConsumer({ engine, log, connect: () => connectPatientRedis(config.redisUrl) })
  return {
    log,
    close: async () => {
      sweeper.stop()
      scheduler.stop()
      const stopped = consumer.close()
      await engine.close()
      await stopped
      await leader.resign()
      await dispatcher.close().catch(() => undefined)
      redis.disconnect()
      await egress.close()
      await database.close()
    },
  }
}
