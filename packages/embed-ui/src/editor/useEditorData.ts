import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Me, Workflow } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { readDefinition } from '../document/read-definition.js'
import { usedConnectors } from '../document/used-connectors.js'
import { fetchConnector, useConnectors } from '../hooks/useConnectors.js'
import type { EditorServices } from '../hooks/useEditor.js'

const CONNECTIONS_LIMIT = 100

/** How often a trigger's state is read again, in milliseconds: soon while it changes. */
const SOON_MS = 2_000
const LATER_MS = 30_000

/** What an editor needs before it can open a workflow. */
export function useEditorData(client: BuilderClient, workflowId: string) {
  const workflow = useQuery({
    queryKey: ['workflow', workflowId],
    queryFn: () => client.workflows.get.query({ id: workflowId }),
    refetchInterval: ({ state }) => triggerPace(state.data),
  })
  const me = useQuery({
    queryKey: ['me'],
    queryFn: () => client.auth.me.query({}),
    staleTime: Number.POSITIVE_INFINITY,
  })
  // What is added later is loaded before it is added.
  const used = useMemo(() => connectorsOf(workflow.data), [workflow.data])
  const { isPending } = useConnectors(client, used)
  return {
    workflow: isPending ? undefined : workflow.data,
    me: me.data,
    error: workflow.data === undefined ? (workflow.error ?? me.error) : me.error,
    retry: () => {
      void workflow.refetch()
      void me.refetch()
    },
  }
}

function triggerPace(workflow: Workflow | undefined): number | false {
  const state = workflow?.trigger.connector ?? null
  if (state === null) return false
  return state.status === 'starting' || state.status === 'removing' ? SOON_MS : LATER_MS
}

function connectorsOf(workflow: Workflow | undefined): readonly string[] {
  const read = workflow === undefined ? undefined : readDefinition(workflow.draft.definition)
  return read?.isReadable === true ? usedConnectors(read.definition) : []
}

interface ServiceOptions {
  readonly client: BuilderClient
  readonly workflow: Workflow
  readonly connectors: EditorServices['connectors']
  readonly me: Me
  readonly isReadOnly: boolean
}

/** The services of an editor whose workflow is there. Samples and connections follow when they have come. */
export function useEditorServices(options: ServiceOptions): EditorServices {
  const { client, workflow, connectors, me, isReadOnly } = options
  const cache = useQueryClient()
  const samples = useQuery({
    queryKey: ['samples', workflow.id],
    queryFn: () => client.workflows.samples.query({ id: workflow.id }),
  })
  const connections = useQuery({
    queryKey: ['connections', workflow.customerId],
    queryFn: async () =>
      (await client.connections.list.query({ customerId: workflow.customerId, limit: CONNECTIONS_LIMIT })).data,
    enabled: me.permissions.includes('connections:read'),
  })
  return useMemo(() => {
    const can = (permission: string) => me.permissions.includes(permission)
    return {
      client,
      workflow,
      connectors,
      loadConnector: (id) => fetchConnector(cache, client, id),
      product: me.tenant.brand.productName ?? me.tenant.name,
      customer: me.customer?.name,
      samples: samples.data,
      connections: connections.data ?? [],
      reloadConnections: () => cache.invalidateQueries({ queryKey: ['connections', workflow.customerId] }),
      isMember: me.caller === 'member',
      maxFileBytes: me.maxFileBytes ?? null,
      can,
      isReadOnly: isReadOnly || !can('workflows:write'),
      offer: me.guardrails,
    }
  }, [client, workflow, connectors, me, isReadOnly, samples.data, connections.data, cache])
}
