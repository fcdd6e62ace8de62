import { Badge, Button, Card, type Column, EmptyState, PageHeader, RelativeTime, Table } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Webhook } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { client } from '../../client.js'
import { LoadedList } from '../../layout/Loaded.js'
import { useMay } from '../../useMay.js'
import { EndpointDialog } from './EndpointDialog.js'
import { type Endpoint, nameOf, stateOf } from './endpoints.js'

/** Where the tenant's backend is told what happens. */
export function WebhooksPage() {
  const may = useMay()
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const endpoints = useQuery({ queryKey: ['webhooks'], queryFn: () => client.webhookEndpoints.list.query({}) })
  const [isCreating, setCreating] = useState(false)
  const create = may('webhookEndpoints:write') && (
    <Button variant="primary" icon={<Plus size={16} />} onClick={() => setCreating(true)}>
      New endpoint
    </Button>
  )
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Your backend is told when something happens, by signed messages."
        actions={create}
      />
      <LoadedList query={endpoints} empty={<NoEndpoints actions={create} />}>
        {(rows) => (
          <Card isPadded={false}>
            <Table
              label="Webhook endpoints"
              rows={rows}
              rowKey={({ id }) => id}
              onRowClick={({ id }) => navigate(`/webhooks/${id}`)}
              columns={COLUMNS}
            />
          </Card>
        )}
      </LoadedList>
      {isCreating && (
        <EndpointDialog
          onClose={() => setCreating(false)}
          onSaved={() => void queries.invalidateQueries({ queryKey: ['webhooks'] })}
        />
      )}
    </>
  )
}

function NoEndpoints({ actions }: { readonly actions: ReactNode }) {
  return (
    <EmptyState
      icon={<Webhook />}
      title="Nobody is told yet"
      text="Add the address where your backend takes webhooks. It hears of runs that end, of accounts that have to be connected again and of what is published, and checks the signature with one call. On your own machine, the command “listen” of the SDK needs no public address."
      actions={
        <>
          {actions}
          <a className="reading" href="/docs/guides/webhooks.md" target="_blank" rel="noreferrer">
            Read the guide
          </a>
        </>
      }
    />
  )
}

const COLUMNS: readonly Column<Endpoint>[] = [
  {
    id: 'name',
    header: 'Endpoint',
    isTitle: true,
    cell: (endpoint) => (
      <span className="state-cell">
        <Link href={`/webhooks/${endpoint.id}`}>{nameOf(endpoint)}</Link>
        {endpoint.kind === 'listener' ? (
          <small className="muted">A developer’s machine</small>
        ) : (
          endpoint.description !== '' && <small className="muted">{endpoint.description}</small>
        )}
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: (endpoint) => <Badge tone={stateOf(endpoint).tone}>{stateOf(endpoint).label}</Badge>,
  },
  {
    id: 'events',
    header: 'Told of',
    isSecondary: true,
    cell: ({ eventTypes }) => <small className="muted">{eventTypes.join(', ')}</small>,
  },
  {
    id: 'created',
    header: 'Made',
    narrowLabel: 'Made',
    isSecondary: true,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
]
