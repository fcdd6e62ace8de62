import { Badge, Button, Card, EmptyState, PageHeader, Table } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowLeft, FileUp, Plug, Plus } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { client } from '../../client.js'
import { LoadedList } from '../../layout/Loaded.js'
import { usePageName } from '../../layout/page-name.js'
import { ImportDialog } from './ImportDialog.js'
import { OwnConnectorCommands } from './OwnConnectorCommands.js'
import type { OwnConnector } from './own-connector.js'
import { RegisterDialog } from './RegisterDialog.js'

const STATUSES = {
  ok: { label: 'Works', tone: 'success' },
  pending: { label: 'Not reached yet', tone: 'info' },
  failing: { label: 'Fails', tone: 'danger' },
} as const

/** Connectors that this vendor brings: served by its backend, or imported from a description of an API. */
export function OwnConnectorsPage() {
  const connectors = useQuery({ queryKey: ['own-connectors'], queryFn: () => client.tenantConnectors.list.query({}) })
  usePageName('Your own')
  const queries = useQueryClient()
  const [adding, setAdding] = useState<'remote' | 'openapi'>()
  const done = (): void => {
    for (const key of ['own-connectors', 'connectors']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const actions = (
    <span className="state">
      <Button icon={<FileUp size={16} />} onClick={() => setAdding('openapi')}>
        Import OpenAPI
      </Button>
      <Button variant="primary" icon={<Plus size={16} />} onClick={() => setAdding('remote')}>
        Register
      </Button>
    </span>
  )
  return (
    <>
      <Link href="/connectors" className="back">
        <ArrowLeft size={15} aria-hidden="true" /> Connectors
      </Link>
      <PageHeader
        title="Your own connectors"
        description="Served by your backend, or imported from the description of an API."
        actions={actions}
      />
      <LoadedList
        query={connectors}
        empty={
          <EmptyState
            icon={<Plug />}
            title="No connectors of your own"
            text="Bring your own product’s API into the builder: register a connector that your backend serves, or import an OpenAPI document."
            actions={actions}
          />
        }
      >
        {(rows) => <OwnConnectorTable rows={rows} onChanged={done} />}
      </LoadedList>
      {adding === 'remote' && <RegisterDialog onClose={() => setAdding(undefined)} onDone={done} />}
      {adding === 'openapi' && <ImportDialog onClose={() => setAdding(undefined)} onDone={done} />}
    </>
  )
}

interface OwnConnectorTableProps {
  readonly rows: readonly OwnConnector[]
  readonly onChanged: () => void
}

function OwnConnectorTable({ rows, onChanged }: OwnConnectorTableProps) {
  return (
    <Card isPadded={false}>
      <Table
        label="Your own connectors"
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', header: 'Connector', isTitle: true, cell: (row) => <Title row={row} /> },
          {
            id: 'status',
            header: 'Status',
            cell: ({ status, detail }) => (
              <span className="state-cell">
                <Badge tone={STATUSES[status].tone}>{STATUSES[status].label}</Badge>
                {detail !== null && <small className="muted">{detail}</small>}
              </span>
            ),
          },
          {
            id: 'versions',
            header: 'Versions',
            isSecondary: true,
            cell: ({ versions }) => <code>{versions.slice(0, 4).join(', ')}</code>,
          },
          {
            id: 'actions',
            header: 'Actions',
            isHeaderHidden: true,
            align: 'end',
            cell: (row) => <OwnConnectorCommands row={row} onChanged={onChanged} />,
          },
        ]}
      />
    </Card>
  )
}

function Title({ row: { connector, url, source } }: { readonly row: OwnConnector }) {
  return (
    <span className="state-cell">
      {connector === null ? <span>Unknown yet</span> : <Link href={`/connectors/${connector}`}>{connector}</Link>}
      <small className="muted">{source === 'openapi' ? 'Imported from OpenAPI' : url}</small>
    </span>
  )
}
