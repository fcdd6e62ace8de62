import type { ConnectionId } from '@inlay/engine'
import {
  type Connector,
  type CustomerId,
  type Doors,
  type Governor,
  governedDoors,
  type HttpClient,
  type NetDoor,
  paceOf,
  systemClock,
  type TenantScope,
} from '@inlay/engine'

/** Milliseconds that a check may wait for its turn: a person waits for it. */
const MAX_TURN_MS = 5000

/** The ways out of the process, and who watches them. */
export interface AccountDoorsDeps {
  readonly http: HttpClient
  readonly net: NetDoor
  /** Keeps the pace and the circuits of connections, together with all that runs call. Asked for when it is needed. */
  readonly governor?: (() => Governor) | undefined
}

/** Whose account is asked about. */
export interface AskedAccount {
  readonly scope: Pick<TenantScope, 'tenantId'> & { readonly customerId?: string | undefined }
  readonly connector: Connector
  /** Of an account that is connected already. */
  readonly connectionId?: ConnectionId | undefined
}

/** Doors for what asks a service about an account: its questions count as calls of the connection. */
export function accountDoors({ http, net, governor }: AccountDoorsDeps, asked: AskedAccount): Doors {
  if (governor === undefined) return { http, net }
  const { scope, connector, connectionId } = asked
  const pace = paceOf(connector)
  return governedDoors(
    { http, net },
    { governor: governor(), clock: systemClock(), maxWaitMs: MAX_TURN_MS },
    {
      ...{ tenantId: scope.tenantId, connectorId: connector.id },
      // What names the customer was checked by whoever asks.
      ...(scope.customerId === undefined ? {} : { customerId: scope.customerId as CustomerId }),
      ...(connectionId === undefined ? {} : { connectionId }),
      ...(pace === undefined ? {} : { pace }),
    },
  )
}
