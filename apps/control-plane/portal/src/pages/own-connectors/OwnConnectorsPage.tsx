import {
  Badge,
  Button,
  Card,
  ConfirmDialog,
  EmptyState,
  IconButton,
  Menu,
  PageHeader,
  Table,
  useToast,
} from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowLeft, Ellipsis, FileUp, Plug, Plus } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { client } from '../../client.js'
import { Loaded } from '../../layout/Loaded.js'
import { useCall } from '../../useCall.js'
import { ImportDialog } from './ImportDialog.js'
import { RegisterDialog } from './RegisterDialog.js'
import { SharedSecretDialog } from './SharedSecretDialog.js'

export type OwnConnector = Awaited<ReturnType<ApiClient['tenantConnectors']['list']['query']>>['data'][number]

const STATUSES = {
  ok: { label: 'Works', tone: 'success' },
  pending: { label: 'Not reached yet', tone: 'info' },
  failing: { label: 'Fails', tone: 'danger' },
} as const

/** Connectors that this vendor brings: served by its backend, or imported from a description of an API. */
export function OwnConnectorsPage() {
  const connectors = useQuery({ queryKey: ['own-connectors'], queryFn: () => client.tenantConnectors.list.query({}) })
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
      <Loaded query={connectors}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState
              icon={<Plug />}
              title="No connectors of your own"
              text="Bring your own product’s API into the builder: register a connector that your backend serves, or import an OpenAPI document."
              actions={actions}
            />
          ) : (
            <OwnConnectorTable rows={data} onChanged={done} />
          )
        }
      </Loaded>
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
            cell: (row) => <RowActions row={row} onChanged={onChanged} />,
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

function RowActions({ row, onChanged }: { readonly row: OwnConnector; readonly onChanged: () => void }) {
  const { id, connector, url, source } = row
  const toast = useToast()
  const [asking, setAsking] = useState<'rotate' | 'delete'>()
  const close = (): void => setAsking(undefined)
  const refresh = useCall(
    () => client.tenantConnectors.refresh.mutate({ id }),
    ({ status, detail }) => {
      if (status === 'failing')
        toast({ tone: 'danger', title: 'It does not answer as it should', detail: detail ?? '' })
      else toast({ tone: 'success', title: 'Fetched again' })
      onChanged()
    },
  )
  const rotate = useCall(() => client.tenantConnectors.rotateSecret.mutate({ id }), close)
  const remove = useCall(
    () => client.tenantConnectors.delete.mutate({ id }),
    () => {
      close()
      onChanged()
    },
  )
  const name = connector ?? url ?? id
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`More about ${name}`} variant="ghost">
            <Ellipsis size={16} />
          </IconButton>
        }
        items={[
          ...(source === 'remote'
            ? [
                { id: 'refresh', label: 'Fetch again', onSelect: () => refresh.mutate(undefined) },
                { id: 'rotate', label: 'New secret', onSelect: () => setAsking('rotate') },
              ]
            : []),
          { id: 'delete', label: 'Delete', isDanger: true, onSelect: () => setAsking('delete') },
        ]}
      />
      <ConfirmDialog
        isOpen={asking === 'rotate'}
        isBusy={rotate.isPending}
        title="Make a new secret?"
        text="Calls are signed with the new one from now on, and with the old one too until your backend knows the new one."
        confirmLabel="Make a new secret"
        onClose={close}
        onConfirm={() => rotate.mutate(undefined)}
      />
      <ConfirmDialog
        isOpen={asking === 'delete'}
        isDanger
        isBusy={remove.isPending}
        title={`Delete “${name}”?`}
        text="Automations that use it fail at its steps from now on."
        confirmLabel="Delete"
        onClose={close}
        onConfirm={() => remove.mutate(undefined)}
      />
      {rotate.data !== undefined && <SharedSecretDialog secret={rotate.data.secret} onClose={() => rotate.reset()} />}
    </>
  )
}
