import type postgres from 'postgres'
import type { ConnectorStores, KeyValueStore } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import type { TenantScope } from '../contracts/scope.js'
import { type ConnectorStorage, STORAGE_LIMITS, type StoragePlace } from '../ports/connector-storage.js'
import { assertKey, checkedTtl, tooManyKeys, toValueText } from '../storage/value-bounds.js'
import { isTransientError } from './database-errors.js'
import { createConnection, type Query } from './query.js'
import {
  DELETE_VALUE_SQL,
  ERASE_VALUES_SQL,
  GET_VALUE_SQL,
  MAKE_ROOM_SQL,
  SET_VALUE_SQL,
  SWEEP_VALUES_SQL,
} from './statements/storage.sql.js'

const DEFAULT_QUERY_TIMEOUT_MS = 15_000
const DEFAULT_SWEEP = 1000

/** What the storage is made of. */
export interface PostgresConnectorStorageOptions {
  /** A client of its own or shared; its role needs SELECT, INSERT, UPDATE and DELETE on `inlay.connector_values`. */
  readonly sql: postgres.Sql
  /** @default 15_000 */
  readonly queryTimeoutMs?: number
  /** Keys of one store. @default 10_000 */
  readonly maxKeys?: number
}

/** Connectors' stores in PostgreSQL 15 or newer, in the table that `migrate` makes. */
export function createPostgresConnectorStorage({
  sql,
  queryTimeoutMs = DEFAULT_QUERY_TIMEOUT_MS,
  maxKeys = STORAGE_LIMITS.maxKeys,
}: PostgresConnectorStorageOptions): ConnectorStorage {
  return new PostgresConnectorStorage(createConnection(sql, queryTimeoutMs).query, maxKeys)
}

class PostgresConnectorStorage implements ConnectorStorage {
  constructor(
    private readonly query: Query,
    private readonly maxKeys: number,
  ) {}

  open({ tenantId, customerId, connectorId, workflowId }: StoragePlace): ConnectorStores {
    return {
      customer: this.store([tenantId, customerId, connectorId, '']),
      workflow: this.store([tenantId, customerId, connectorId, workflowId]),
    }
  }

  async sweep({ limit = DEFAULT_SWEEP }: { readonly limit?: number } = {}): Promise<number> {
    return (await this.query(SWEEP_VALUES_SQL, [limit])).length
  }

  async erase({ tenantId, customerId }: TenantScope): Promise<void> {
    await this.query(ERASE_VALUES_SQL, [tenantId, customerId ?? null])
  }

  private store(place: readonly string[]): KeyValueStore {
    return {
      get: async (key) => {
        assertKey(key)
        const [found] = await this.ask<{ readonly value: string }>(GET_VALUE_SQL, [...place, key])
        // Written by `set` as JSON text.
        return found === undefined ? undefined : (JSON.parse(found.value) as JsonValue)
      },
      set: async (key, value, { ttlMs } = {}) => {
        assertKey(key)
        const row = [...place, key, toValueText(key, value), checkedTtl(ttlMs) ?? null, this.maxKeys]
        if ((await this.ask(SET_VALUE_SQL, row)).length > 0) return
        await this.ask(MAKE_ROOM_SQL, place)
        if ((await this.ask(SET_VALUE_SQL, row)).length === 0) throw tooManyKeys(this.maxKeys)
      },
      delete: async (key) => {
        assertKey(key)
        await this.ask(DELETE_VALUE_SQL, [...place, key])
      },
    }
  }

  /** Connectors see a database that is away as any other service that is: it is worth another attempt. */
  private async ask<Row extends object>(statement: string, args: readonly (string | number | null)[]): Promise<Row[]> {
    try {
      return await this.query<Row>(statement, args)
    } catch (error) {
      if (!isTransientError(error)) throw error
      throw new StepError('communication', "The connectors' store cannot be reached", { cause: error })
    }
  }
}
