import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Connection, ConnectionUsage, ConnectorSummary, Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { customerOf } from '../host/widget-props.js'
import { byUrgency } from './broken.js'

const PAGE_SIZE = 100

/** All accounts of a customer with what is known about them. */
export interface Accounts {
  readonly client: BuilderClient
  readonly query: { readonly isPending: boolean; readonly error: unknown; refetch(): unknown }
  /** Those that need a person first. */
  readonly list: readonly Connection[]
  /** Undefined while its connector loads, or when it is not offered any more. */
  readonly connectorOf: (connection: Connection) => ConnectorSummary | undefined
  /** Undefined while it loads. */
  readonly usageOf: (connection: Connection) => ConnectionUsage['workflows'] | undefined
  readonly reload: () => Promise<void>
}

/** Reads the accounts of whoever is signed in. */
export function useAccounts(client: BuilderClient, me: Me): Accounts {
  const cache = useQueryClient()
  const customerId = customerOf(me)
  const query = useQuery({
    queryKey: ['accounts', customerId],
    queryFn: () => readAll(client, customerId),
  })
  const usage = useQuery({
    queryKey: ['accounts', customerId, 'usage'],
    queryFn: async () => (await client.connections.usage.query({ customerId })).data,
  })
  const list = useMemo(() => [...(query.data ?? [])].sort(byUrgency), [query.data])
  const ids = useMemo(() => [...new Set(list.map(({ connector }) => connector))], [list])
  const { connectors } = useConnectors(client, ids)
  return {
    client,
    query,
    list,
    connectorOf: ({ connector }) => connectors.find(({ id }) => id === connector),
    usageOf: ({ id }) =>
      usage.data === undefined
        ? undefined
        : (usage.data.find(({ connectionId }) => connectionId === id)?.workflows ?? []),
    reload: () => cache.invalidateQueries({ queryKey: ['accounts', customerId] }),
  }
}

async function readAll(client: BuilderClient, customerId: string): Promise<readonly Connection[]> {
  const all: Connection[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof client.connections.list.query>> = await client.connections.list.query({
      limit: PAGE_SIZE,
      ...(customerId === '' ? {} : { customerId }),
      ...(cursor === null ? {} : { cursor }),
    })
    all.push(...page.data)
    cursor = page.nextCursor
  } while (cursor !== null)
  return all
}
