import { type Connector, createEngine, type Engine } from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import { createMemoryConnectors, createMemoryDefinitions, createMemoryDispatcher } from '@inlay/engine/memory'
import { createPostgresAdmissionStore, createPostgresJournal, migrate } from '@inlay/engine/postgres'
import type postgres from 'postgres'
import { ORDER_VERSION, ORDER_WORKFLOW, orderDefinition } from './order-workflow.js'

/** How often this process looks for runs that are due and that nobody executes, in milliseconds. */
const SWEEP_MS = 1000

export interface AutomationsOptions {
  /** The host's own PostgreSQL; the engine's tables live in its schema `inlay`. */
  readonly sql: postgres.Sql
  readonly connectors: readonly Connector[]
  /** At least 16 bytes; the links of approvals are made with it. */
  readonly secret: string
  readonly baseUrl: string
  readonly onError: (error: unknown) => void
}

/** The engine in this process, and what stops it. */
export interface Automations {
  readonly engine: Engine
  stop(): Promise<void>
}

/** Makes the tables and starts the engine. Any number of processes may do so on one database. */
export async function startAutomations(options: AutomationsOptions): Promise<Automations> {
  const { sql, connectors, secret, baseUrl, onError } = options
  await migrate(sql)
  const journal = createPostgresJournal({ sql })
  const { http, net } = createEgress()
  const dispatcher = createMemoryDispatcher({ execute: (ids) => engine.execute(ids), onError })
  const engine = createEngine({
    journal,
    dispatcher,
    // Rates, and triggers that are gathered, for definitions with such policies.
    admissions: createPostgresAdmissionStore({ sql }),
    http,
    net,
    definitions: createMemoryDefinitions({ [ORDER_VERSION]: orderDefinition }, { [ORDER_WORKFLOW]: ORDER_VERSION }),
    connectors: createMemoryConnectors(connectors),
    // Connectors without credentials need none; a host with any opens them here.
    credentials: { open: async () => ({ kind: 'none', fields: {} }) },
    links: { secret, url: (kind, token) => `${baseUrl}/${kind}s/${token}` },
    onUnexpected: onError,
  })
  const sweep = async (): Promise<void> => {
    try {
      dispatcher.dispatch(await journal.due(100))
      await engine.flushAdmissions()
    } catch (error) {
      onError(error)
    }
  }
  const timer = setInterval(() => void sweep(), SWEEP_MS)
  return {
    engine,
    stop: async () => {
      clearInterval(timer)
      await engine.close()
    },
  }
}
