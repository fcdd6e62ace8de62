import type { ConnectorStores, KeyValueStore } from '../contracts/connector.js'
import type { JsonValue } from '../contracts/json.js'
import type { TenantScope } from '../contracts/scope.js'
import type { Clock } from '../ports/clock.js'
import { type ConnectorStorage, STORAGE_LIMITS, type StoragePlace } from '../ports/connector-storage.js'
import { assertKey, checkedTtl, tooManyKeys, toValueText } from '../storage/value-bounds.js'

const DEFAULT_SWEEP = 1000

/** What the storage is made of. */
export interface MemoryConnectorStorageOptions {
  readonly clock: Clock
  /** Keys of one store. @default 10_000 */
  readonly maxKeys?: number
}

/** Connectors' stores in this process's memory: for tests, and for hosts that can afford to lose them. */
export function createMemoryConnectorStorage({
  clock,
  maxKeys = STORAGE_LIMITS.maxKeys,
}: MemoryConnectorStorageOptions): ConnectorStorage {
  return new MemoryConnectorStorage(clock, maxKeys)
}

interface StoredValue {
  readonly text: string
  /** Unix milliseconds. */
  readonly expiresAt: number | undefined
}

interface StoredPlace {
  readonly tenantId: string
  readonly customerId: string
  readonly values: Map<string, StoredValue>
}

class MemoryConnectorStorage implements ConnectorStorage {
  private readonly places = new Map<string, StoredPlace>()

  constructor(
    private readonly clock: Clock,
    private readonly maxKeys: number,
  ) {}

  open(place: StoragePlace): ConnectorStores {
    return { customer: this.store(place, ''), workflow: this.store(place, place.workflowId) }
  }

  async sweep({ limit = DEFAULT_SWEEP }: { readonly limit?: number } = {}): Promise<number> {
    let removed = 0
    for (const { values } of this.places.values()) removed += this.forgetExpired(values, limit - removed)
    return removed
  }

  async erase({ tenantId, customerId }: TenantScope): Promise<void> {
    for (const [name, place] of this.places) {
      const isInScope = place.tenantId === tenantId && (customerId ?? place.customerId) === place.customerId
      if (isInScope) this.places.delete(name)
    }
  }

  private store({ tenantId, customerId, connectorId }: StoragePlace, workflowId: string): KeyValueStore {
    const name = JSON.stringify([tenantId, customerId, connectorId, workflowId])
    const valuesOf = (): Map<string, StoredValue> => {
      const known = this.places.get(name)
      if (known !== undefined) return known.values
      const values = new Map<string, StoredValue>()
      this.places.set(name, { tenantId, customerId, values })
      return values
    }
    return {
      get: async (key) => {
        assertKey(key)
        const found = this.places.get(name)?.values.get(key)
        // Parsed each time, so that nobody changes what is kept.
        return found === undefined || this.isOver(found) ? undefined : (JSON.parse(found.text) as JsonValue)
      },
      set: async (key, value, { ttlMs } = {}) => {
        assertKey(key)
        const text = toValueText(key, value)
        const ttl = checkedTtl(ttlMs)
        const values = valuesOf()
        if (!values.has(key)) this.makeRoom(values)
        values.set(key, { text, expiresAt: ttl === undefined ? undefined : this.clock.now() + ttl })
      },
      delete: async (key) => {
        assertKey(key)
        this.places.get(name)?.values.delete(key)
      },
    }
  }

  private makeRoom(values: Map<string, StoredValue>): void {
    if (values.size < this.maxKeys) return
    this.forgetExpired(values, values.size)
    if (values.size >= this.maxKeys) throw tooManyKeys(this.maxKeys)
  }

  private forgetExpired(values: Map<string, StoredValue>, most: number): number {
    let removed = 0
    for (const [key, value] of values) {
      if (removed >= most) break
      if (!this.isOver(value)) continue
      values.delete(key)
      removed += 1
    }
    return removed
  }

  private isOver({ expiresAt }: StoredValue): boolean {
    return expiresAt !== undefined && expiresAt <= this.clock.now()
  }
}
