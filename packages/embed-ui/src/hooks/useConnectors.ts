import { type QueryClient, type UseQueryResult, useQueries } from '@tanstack/react-query'
import type { ConnectorSummary } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { readConnector } from '../data/read-connector.js'

/** Connectors by id. Those that are not there are left out: what uses them says so. */
export function useConnectors(client: BuilderClient, ids: readonly string[]) {
  return useQueries({ queries: ids.map((id) => connectorQuery(client, id)), combine })
}

/** Reads a connector, or takes it from the cache. */
export function fetchConnector(cache: QueryClient, client: BuilderClient, id: string): Promise<ConnectorSummary> {
  return cache.fetchQuery(connectorQuery(client, id))
}

/** Where a connector is read, and kept. */
export function connectorQuery(client: BuilderClient, id: string) {
  return {
    queryKey: ['connector', id],
    queryFn: async () => readConnector(await client.connectors.get.query({ id })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }
}

function combine(results: UseQueryResult<ConnectorSummary>[]) {
  return {
    connectors: results.flatMap(({ data }) => (data === undefined ? [] : [data])),
    isPending: results.some(({ isPending }) => isPending),
  }
}
