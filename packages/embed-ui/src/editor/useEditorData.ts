import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Workflow } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { readConnector } from '../data/read-connector.js'
import type { EditorServices } from '../hooks/useEditor.js'

const CONNECTIONS_LIMIT = 100
const PAGE_LIMIT = 100

/** What an editor needs before it can open a workflow. */
export function useEditorData(client: BuilderClient, workflowId: string) {
  const workflow = useQuery({
    queryKey: ['workflow', workflowId],
    queryFn: () => client.workflows.get.query({ id: workflowId }),
  })
  const connectors = useQuery({
    queryKey: ['connectors'],
    queryFn: () => loadConnectors(client),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const me = useQuery({
    queryKey: ['me'],
    queryFn: () => client.auth.me.query({}),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return {
    workflow: workflow.data,
    connectors: connectors.data,
    me: me.data,
    error: workflow.error ?? connectors.error ?? me.error,
    retry: () => {
      void workflow.refetch()
      void connectors.refetch()
      void me.refetch()
    },
  }
}

/** All connectors with their forms: lists tell names alone. */
async function loadConnectors({ connectors }: BuilderClient) {
  const ids: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await connectors.list.query({ limit: PAGE_LIMIT, ...(cursor === undefined ? {} : { cursor }) })
    ids.push(...page.data.map(({ id }) => id))
    cursor = page.nextCursor
  }
  const all = await Promise.all(ids.map((id) => connectors.get.query({ id })))
  return all.map(readConnector)
}

interface ServiceOptions {
  readonly client: BuilderClient
  readonly workflow: Workflow
  readonly connectors: EditorServices['connectors']
  readonly permissions: readonly string[]
  readonly isReadOnly: boolean
}

/** The services of an editor whose workflow is there. Samples and connections follow when they have come. */
export function useEditorServices(options: ServiceOptions): EditorServices {
  const { client, workflow, connectors, permissions, isReadOnly } = options
  const cache = useQueryClient()
  const samples = useQuery({
    queryKey: ['samples', workflow.id],
    queryFn: () => client.workflows.samples.query({ id: workflow.id }),
  })
  const connections = useQuery({
    queryKey: ['connections', workflow.customerId],
    queryFn: async () =>
      (await client.connections.list.query({ customerId: workflow.customerId, limit: CONNECTIONS_LIMIT })).data,
    enabled: permissions.includes('connections:read'),
  })
  return useMemo(() => {
    const can = (permission: string) => permissions.includes(permission)
    return {
      client,
      workflow,
      connectors,
      samples: samples.data,
      connections: connections.data ?? [],
      reloadConnections: () => cache.invalidateQueries({ queryKey: ['connections', workflow.customerId] }),
      can,
      isReadOnly: isReadOnly || !can('workflows:write'),
    }
  }, [client, workflow, connectors, permissions, isReadOnly, samples.data, connections.data, cache])
}
