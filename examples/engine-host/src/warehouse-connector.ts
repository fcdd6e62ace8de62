import type { Connector } from '@inlay/engine'
import { action, defineConnector, z } from '@inlay/sdk/connector'

/** What the host's own warehouse can do; here a ledger in memory. */
export interface Warehouse {
  reserve(key: string, item: { sku: string; quantity: number }): string
  release(reservation: string): void
  ship(reservation: string): void
}

/** The warehouse as a connector: actions that workflows call. */
export function createWarehouseConnector(warehouse: Warehouse): Connector {
  const reservation = z.object({ reservation: z.string() })
  return defineConnector({
    id: 'warehouse',
    version: '1.0.0',
    name: 'Warehouse',
    description: 'Reserves and ships stock.',
    auth: { kind: 'none' },
    actions: {
      reserve: action({
        name: 'Reserve',
        description: 'Sets stock aside.',
        input: z.object({ sku: z.string(), quantity: z.number().int().positive() }),
        output: reservation,
        // The key is the same when an attempt is repeated, also after a crash: nothing is reserved twice.
        run: async ({ input, idempotencyKey }) => ({ reservation: warehouse.reserve(idempotencyKey, input) }),
      }),
      release: action({
        name: 'Release',
        description: 'Gives reserved stock back.',
        input: reservation,
        output: z.null(),
        run: async ({ input }) => {
          warehouse.release(input.reservation)
          return null
        },
      }),
      ship: action({
        name: 'Ship',
        description: 'Sends reserved stock.',
        input: reservation,
        output: z.null(),
        run: async ({ input }) => {
          warehouse.ship(input.reservation)
          return null
        },
      }),
    },
  })
}
