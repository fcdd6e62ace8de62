import { ConnectDialog, ConnectionStatusBadge, ConnectorIcon, readConnector } from '@inlay/embed-ui'
import { EmptyState, IconButton, Menu, RelativeTime, useToast } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Plug, RefreshCw, Stethoscope, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { client } from '../client.js'
import { ConfirmCall } from '../layout/ConfirmCall.js'
import { ListPage } from '../layout/ListPage.js'
import { usePages } from '../layout/usePages.js'
import { useCall } from '../useCall.js'
import { useMay, useMe } from '../useMay.js'
import { CustomerName } from './CustomerName.js'

type Connection = Awaited<ReturnType<ApiClient['connections']['list']['query']>>['data'][number]

/** The accounts that customers have connected. */
export function ConnectionsPage() {
  const may = useMay()
  const pages = usePages(['connections'], (cursor) => client.connections.list.query(cursor))
  return (
    <ListPage
      title="Connections"
      description="The accounts that your customers have connected, and how they are doing."
      pages={pages}
      label="Connections"
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'name',
          header: 'Account',
          isTitle: true,
          cell: (connection) => <AccountCell connection={connection} />,
        },
        { id: 'customer', header: 'Customer', cell: ({ customerId }) => <CustomerName id={customerId} /> },
        { id: 'status', header: 'State', cell: (connection) => <StateCell connection={connection} /> },
        {
          id: 'changed',
          header: 'Changed',
          isSecondary: true,
          cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
        },
        ...(may('connections:write')
          ? [
              {
                id: 'commands',
                header: 'Commands',
                isHeaderHidden: true,
                align: 'end' as const,
                cell: (connection: Connection) => <Commands connection={connection} />,
              },
            ]
          : []),
      ]}
      empty={
        <EmptyState
          icon={<Plug />}
          title="No accounts yet"
          text="They appear when your customers connect one in the builder."
        />
      }
    />
  )
}

/** A connector by id, for lists that know no more. */
function useConnector(id: string) {
  return useQuery({
    queryKey: ['connector', id],
    queryFn: () => client.connectors.get.query({ id }),
    staleTime: 300_000,
  }).data
}

function AccountCell({ connection }: { readonly connection: Connection }) {
  const connector = useConnector(connection.connector)
  const { name, account } = connection
  const about = [connector?.name ?? connection.connector, account?.label].filter((part) => part !== undefined)
  return (
    <span className="service">
      <ConnectorIcon connector={connector} size={30} />
      <span>
        {name}
        <small className="muted">{about.join(' · ')}</small>
      </span>
    </span>
  )
}

function StateCell({ connection: { status, detail } }: { readonly connection: Connection }) {
  const isBroken = status !== 'ok' && status !== 'unverified'
  return (
    <span className="state-cell">
      <ConnectionStatusBadge status={status} />
      {isBroken && detail !== null && <small className="muted">{detail}</small>}
    </span>
  )
}

function Commands({ connection }: { readonly connection: Connection }) {
  const { id, name } = connection
  const queries = useQueryClient()
  const toast = useToast()
  const [dialog, setDialog] = useState<'reconnect' | 'delete'>()
  const refresh = () => {
    setDialog(undefined)
    void queries.invalidateQueries({ queryKey: ['connections'] })
  }
  const test = useCall(
    () => client.connections.test.mutate({ id }),
    ({ ok, detail }) => {
      toast(
        ok
          ? { tone: 'success', title: `“${name}” works` }
          : { tone: 'danger', title: `“${name}” does not work`, detail: detail ?? undefined },
      )
      refresh()
    },
  )
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Commands for ${name}`} size="small" isBusy={test.isPending}>
            <Ellipsis size={16} />
          </IconButton>
        }
        items={[
          { id: 'test', label: 'Test', icon: <Stethoscope size={14} />, onSelect: () => test.mutate(undefined) },
          {
            id: 'reconnect',
            label: 'Reconnect',
            icon: <RefreshCw size={14} />,
            onSelect: () => setDialog('reconnect'),
          },
          {
            id: 'delete',
            label: 'Delete',
            icon: <Trash2 size={14} />,
            isDanger: true,
            startsGroup: true,
            onSelect: () => setDialog('delete'),
          },
        ]}
      />
      {dialog === 'reconnect' && (
        <Reconnect connection={connection} onClose={() => setDialog(undefined)} onDone={refresh} />
      )}
      {dialog === 'delete' && <Delete connection={connection} onClose={() => setDialog(undefined)} onDone={refresh} />}
    </>
  )
}

interface CommandProps {
  readonly connection: Connection
  readonly onClose: () => void
  readonly onDone: () => void
}

function Delete({ connection: { id, name }, onClose, onDone }: CommandProps) {
  return (
    <ConfirmCall
      title={`Delete “${name}”?`}
      text="Its credentials are destroyed, and steps that use it fail from now on."
      confirmLabel="Delete"
      call={() => client.connections.delete.mutate({ id })}
      onClose={onClose}
      onDone={onDone}
    />
  )
}

function Reconnect({ connection, onClose, onDone }: CommandProps) {
  const me = useMe()
  const connector = useConnector(connection.connector)
  const customer = useQuery({
    queryKey: ['customer', connection.customerId],
    queryFn: () => client.customers.get.query({ id: connection.customerId }),
  })
  if (connector === undefined || me === undefined || customer.data === undefined) return null
  return (
    <ConnectDialog
      client={client}
      customerId={connection.customerId}
      customer={customer.data.name}
      product={me.tenant.name}
      connector={readConnector(connector)}
      existing={connection}
      onClose={onClose}
      onConnected={onDone}
    />
  )
}
