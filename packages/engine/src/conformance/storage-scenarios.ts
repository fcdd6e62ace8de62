import { type CustomerId, newId, type TenantId, type WorkflowId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import { type ConnectorStorage, STORAGE_LIMITS, type StoragePlace } from '../ports/connector-storage.js'
import { equal, refused } from './journal-world.js'

/** What a scenario works with. */
export interface StorageWorld {
  readonly storage: ConnectorStorage
  /** How many keys a store of it may have; at least 10. */
  readonly maxKeys: number
  /** Lets this much time pass for the storage. */
  pass(ms: number): Promise<void>
}

/** One rule that every storage of connectors keeps. */
export interface StorageScenario {
  readonly name: string
  /** Rejects with what is wrong. */
  check(world: StorageWorld): Promise<void>
}

const TTL_MS = 150

/** Every rule of connectors' stores; whatever test runner calls them, storages keep them all. */
export const storageScenarios: readonly StorageScenario[] = [
  {
    name: 'values come back as they went in, until they are replaced or deleted',
    check: async ({ storage }) => {
      const { customer } = storage.open(newPlace())
      const values: JsonValue[] = [null, false, 0, '', 'Grüße \u0000 🎉', [1, [2]], { a: { b: [null] } }]
      for (const value of values) {
        await customer.set('k', value)
        equal(await customer.get('k'), value, 'the value')
      }
      await customer.delete('k')
      await customer.delete('k')
      equal(await customer.get('k'), undefined, 'after it was deleted')
    },
  },
  {
    name: 'what somebody does to a value later changes nothing of what is kept',
    check: async ({ storage }) => {
      const { workflow } = storage.open(newPlace())
      const list = [1]
      await workflow.set('k', list)
      list.push(2)
      const read = (await workflow.get('k')) as number[]
      read.push(3)
      equal(await workflow.get('k'), [1], 'the value')
    },
  },
  {
    name: 'places are apart; a customer shares one store among workflows',
    check: async ({ storage }) => {
      const place = newPlace()
      const stores = storage.open(place)
      await stores.customer.set('k', 'customer')
      await stores.workflow.set('k', 'workflow')
      const elsewhere = storage.open({ ...place, workflowId: 'wf_other' as WorkflowId })
      equal(await elsewhere.customer.get('k'), 'customer', 'another workflow')
      equal(await elsewhere.workflow.get('k'), undefined, "another workflow's own")
      const { tenantId, customerId } = newPlace()
      for (const other of [{ connectorId: 'other' }, { customerId }, { tenantId }]) {
        const apart = storage.open({ ...place, ...other })
        equal([await apart.customer.get('k'), await apart.workflow.get('k')], [undefined, undefined], 'another place')
        await apart.customer.delete('k')
        await apart.workflow.set('k', 'other')
      }
      equal([await stores.customer.get('k'), await stores.workflow.get('k')], ['customer', 'workflow'], 'the place')
    },
  },
  {
    name: 'a value whose time is over is gone, and a sweep removes it',
    check: async ({ storage, pass }) => {
      const { customer } = storage.open(newPlace())
      await customer.set('short', 1, { ttlMs: TTL_MS })
      await customer.set('prolonged', 2, { ttlMs: TTL_MS })
      await customer.set('kept', 3, { ttlMs: TTL_MS })
      equal(await customer.get('short'), 1, 'before its time')
      await customer.set('prolonged', 2, { ttlMs: 3_600_000 })
      await customer.set('kept', 3)
      await pass(TTL_MS + 50)
      equal(
        [await customer.get('short'), await customer.get('prolonged'), await customer.get('kept')],
        [undefined, 2, 3],
        'after the time',
      )
      equal((await storage.sweep({ limit: 1000 })) >= 1, true, 'swept')
      equal([await customer.get('prolonged'), await customer.get('kept')], [2, 3], 'after the sweep')
    },
  },
  {
    name: 'keys and values have bounds',
    check: async ({ storage }) => {
      const { customer } = storage.open(newPlace())
      const { maxKeyLength, maxValueBytes } = STORAGE_LIMITS
      await customer.set('k'.repeat(maxKeyLength), 'x'.repeat(maxValueBytes - 2))
      await refused(customer.set('k'.repeat(maxKeyLength + 1), 1), 'step.limit', 'a long key')
      await refused(customer.get(''), 'step.limit', 'an empty key')
      await refused(customer.set('a\u0000b', 1), 'step.validation', 'a key with control characters')
      await refused(customer.set('k', 'x'.repeat(maxValueBytes - 1)), 'step.limit', 'a large value')
      await refused(customer.set('k', 'ü'.repeat(maxValueBytes / 2)), 'step.limit', 'a value large in bytes')
      await refused(customer.set('k', 1n as never), 'step.bug', 'what is no data')
      for (const ttlMs of [0, -1, Number.NaN, '1' as never]) {
        await refused(customer.set('k', 1, { ttlMs }), 'step.validation', `a time of ${ttlMs}`)
      }
      equal(await customer.get('k'), undefined, 'the value that was refused')
    },
  },
  {
    name: 'a store has room for so many keys; those whose time is over make room',
    check: async ({ storage, maxKeys, pass }) => {
      const { customer, workflow } = storage.open(newPlace())
      const keys = Array.from({ length: maxKeys - 1 }, (_, n) => `k${n}`)
      for (const key of keys) await customer.set(key, 1)
      await customer.set('short', 1, { ttlMs: 4 * TTL_MS })
      await refused(customer.set('more', 1), 'step.limit', 'one key more')
      await customer.set('k8', 2)
      await workflow.set('more', 1)
      await pass(4 * TTL_MS + 50)
      await customer.set('more', 1)
      await refused(customer.set('even more', 1), 'step.limit', 'another one')
      await customer.delete('k1')
      await customer.set('even more', 1)
      equal([await customer.get('k8'), await customer.get('more')], [2, 1], 'values')
    },
  },
  {
    name: 'a value that many set at the same moment is one of theirs',
    check: async ({ storage }) => {
      const { workflow } = storage.open(newPlace())
      await Promise.all(Array.from({ length: 20 }, (_, n) => workflow.set('k', n)))
      const value = await workflow.get('k')
      equal(typeof value === 'number' && value >= 0 && value < 20, true, 'the value')
    },
  },
  {
    name: 'a customer or a tenant is erased, and the others keep what they have',
    check: async ({ storage }) => {
      const place = newPlace()
      const { tenantId, customerId } = place
      const neighbour = storage.open({ ...place, customerId: newPlace().customerId })
      const stranger = storage.open(newPlace())
      const own = storage.open(place)
      for (const { customer, workflow } of [own, neighbour, stranger]) {
        await customer.set('k', 1)
        await workflow.set('k', 1)
      }
      await storage.erase({ tenantId, customerId })
      equal([await own.customer.get('k'), await own.workflow.get('k')], [undefined, undefined], 'the customer')
      equal(await neighbour.workflow.get('k'), 1, 'another customer')
      await storage.erase({ tenantId })
      equal([await neighbour.customer.get('k'), await stranger.customer.get('k')], [undefined, 1], 'the tenant')
    },
  },
]

function newPlace(): StoragePlace {
  const now = Date.now()
  return {
    tenantId: newId<TenantId>('ten', now),
    customerId: newId<CustomerId>('cus', now),
    workflowId: newId<WorkflowId>('wf', now),
    connectorId: 'shop',
  }
}
