import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Connection, Me, Page, Template } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { customerOf } from '../host/widget-props.js'

const PAGE_SIZE = 100
/** More than a person looks through. */
const MOST_PAGES = 5

const NO_TEMPLATES: readonly Template[] = []
const NO_CONNECTIONS: readonly Connection[] = []

/** All templates, and the services that they work with. */
export function useTemplates(client: BuilderClient, isOn = true) {
  const query = useQuery({ queryKey: ['templates'], queryFn: () => readAll(client), enabled: isOn })
  const list = query.data ?? NO_TEMPLATES
  const ids = useMemo(() => [...new Set(list.flatMap(({ connectors }) => connectors))].sort(), [list])
  const { connectors } = useConnectors(client, ids)
  return { query, list, connectors }
}

/** The customer's accounts; undefined where the person may not see them. */
export function useOwnAccounts(client: BuilderClient, me: Me): readonly Connection[] | undefined {
  const customerId = customerOf(me)
  const isAllowed = me.permissions.includes('connections:read')
  const { data = NO_CONNECTIONS } = useQuery({
    queryKey: ['accounts', customerId, 'for-templates'],
    queryFn: async () => (await client.connections.list.query({ customerId, limit: PAGE_SIZE })).data,
    enabled: isAllowed,
  })
  return isAllowed ? data : undefined
}

async function readAll(client: BuilderClient): Promise<readonly Template[]> {
  const all: Template[] = []
  let cursor: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const next: Page<Template> = await client.templates.list.query({
      limit: PAGE_SIZE,
      ...(cursor === null ? {} : { cursor }),
    })
    all.push(...next.data)
    cursor = next.nextCursor
    if (cursor === null) break
  }
  return all
}
