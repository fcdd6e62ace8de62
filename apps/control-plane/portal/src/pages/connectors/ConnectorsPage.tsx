import { ConnectorIcon } from '@inlay/embed-ui'
import { Badge, Button, EmptyState, SearchInput, Select } from '@inlay/embed-ui/ui'
import { Blocks, Plug } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { client } from '../../client.js'
import { ListPage } from '../../layout/ListPage.js'
import { usePages } from '../../layout/usePages.js'
import { useMay } from '../../useMay.js'
import { AvailabilityBadge } from './AvailabilityBadge.js'
import { NewConnectors } from './NewConnectors.js'
import type { Category, OfferedConnector } from './types.js'

const CATEGORIES: Readonly<Record<Category, string>> = {
  ai: 'AI',
  analytics: 'Analytics',
  commerce: 'Commerce',
  communication: 'Communication',
  crm: 'CRM',
  data: 'Data',
  developer: 'Developer',
  files: 'Files',
  finance: 'Finance',
  marketing: 'Marketing',
  productivity: 'Productivity',
  'project-management': 'Projects',
  support: 'Support',
  tools: 'Tools',
}

const PAGE_SIZE = 50

/** What customers can connect, and what the tenant makes of it. */
export function ConnectorsPage() {
  const [, navigate] = useLocation()
  const may = useMay()
  const [search, setSearch] = useState('')
  const [category, setCategory] = useState<Category | ''>('')
  const pages = usePages(['connectors', search, category], (cursor) =>
    client.connectors.list.query({
      ...cursor,
      limit: PAGE_SIZE,
      ...(search === '' ? {} : { search }),
      ...(category === '' ? {} : { category }),
    }),
  )
  return (
    <ListPage
      title="Connectors"
      description="The services that your customers can use in their automations."
      actions={
        may('connectors:configure') ? (
          <span className="state">
            <Button icon={<Plug size={15} />} onClick={() => navigate('/own-connectors')}>
              Your own
            </Button>
            <NewConnectors />
          </span>
        ) : undefined
      }
      filters={
        <>
          <SearchInput
            aria-label="Search connectors"
            placeholder="Search connectors, actions and triggers"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <Select
            aria-label="Category"
            placeholder="All categories"
            value={category}
            options={Object.entries(CATEGORIES).map(([value, label]) => ({ value, label }))}
            // The options are the keys of CATEGORIES.
            onValueChange={(next) => setCategory(next as Category | '')}
          />
        </>
      }
      pages={pages}
      label="Connectors"
      rowKey={({ id }) => id}
      onRowClick={({ id }) => navigate(`/connectors/${id}`)}
      columns={COLUMNS}
      empty={
        <EmptyState
          icon={<Blocks />}
          title="No connector matches"
          text="Search for other words, or in all categories."
        />
      }
    />
  )
}

const COLUMNS = [
  {
    id: 'name',
    header: 'Name',
    isTitle: true,
    cell: (connector: OfferedConnector) => (
      <span className="service">
        <ConnectorIcon connector={connector} size={30} />
        <span>
          <Link href={`/connectors/${connector.id}`}>{connector.name}</Link>
          <small className="muted">{connector.description}</small>
        </span>
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ availability, hidden }: OfferedConnector) => (
      <span className="state">
        <AvailabilityBadge availability={availability} />
        {hidden && <Badge>Hidden</Badge>}
      </span>
    ),
  },
  {
    id: 'contents',
    header: 'What it has',
    isSecondary: true,
    cell: ({ counts }: OfferedConnector) => <span className="muted">{contentsOf(counts)}</span>,
  },
  {
    id: 'version',
    header: 'Version',
    isSecondary: true,
    cell: ({ version }: OfferedConnector) => <code>{version}</code>,
  },
]

function contentsOf({ actions, triggers }: OfferedConnector['counts']): string {
  const parts = [countOf(actions, 'action'), countOf(triggers, 'trigger')]
  return parts.filter((part) => part !== '').join(', ')
}

function countOf(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`
}
