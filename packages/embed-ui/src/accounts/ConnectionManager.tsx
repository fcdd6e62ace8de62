import { Plug, Plus } from 'lucide-react'
import { useState } from 'react'
import { ConnectDialog } from '../connections/ConnectDialog.js'
import type { Connection, ConnectorSummary } from '../data/api-types.js'
import { QueryProvider } from '../editor/QueryProvider.js'
import { EventsProvider } from '../hooks/useEvents.js'
import { ListStates, WidgetPage } from '../host/WidgetPage.js'
import { customerOf, type WidgetProps } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { useWhileShown } from '../ui/useWhileShown.js'
import { AccountDialogs, type AccountTask } from './AccountDialogs.js'
import { AccountTable } from './AccountTable.js'
import styles from './accounts.module.css'
import { isBroken } from './broken.js'
import { ConnectorPicker } from './ConnectorPicker.js'
import { useAccounts } from './useAccounts.js'

export type ConnectionManagerProps = WidgetProps

/** The accounts of a customer: how they are doing, and everything that can be done with them. */
export function ConnectionManager({ events, ...props }: ConnectionManagerProps) {
  return (
    <EventsProvider value={events}>
      <QueryProvider>
        <Manager {...props} />
      </QueryProvider>
    </EventsProvider>
  )
}

/** What is open on top of the list. */
type Open =
  | { readonly kind: 'pick' }
  | { readonly kind: 'connect'; readonly connector: ConnectorSummary; readonly existing?: Connection | undefined }
  | AccountTask

function Manager({ client, me, isReadOnly = false }: Omit<ConnectionManagerProps, 'events'>) {
  const t = useTexts()
  const [open, setOpen] = useState<Open>()
  const accounts = useAccounts(client, me)
  const mayWrite = !isReadOnly && me.permissions.includes('connections:write')
  const connect = mayWrite && (
    <Button variant="primary" icon={<Plus size={15} />} onClick={() => setOpen({ kind: 'pick' })}>
      {t('accounts.connect')}
    </Button>
  )
  const isEmpty = accounts.list.length === 0
  return (
    <WidgetPage
      part="connections"
      title={t('accounts.title')}
      description={t('accounts.text')}
      actions={!isEmpty && connect}
    >
      <ListStates
        query={accounts.query}
        isEmpty={isEmpty}
        empty={{
          icon: <Plug size={20} />,
          title: t('accounts.empty'),
          text: t('accounts.emptyText'),
          actions: connect,
        }}
      >
        <BrokenNote count={accounts.list.filter(isBroken).length} />
        <AccountTable
          accounts={accounts}
          mayWrite={mayWrite}
          onReconnect={(existing, connector) => setOpen({ kind: 'connect', connector, existing })}
          onTask={setOpen}
        />
      </ListStates>
      {open !== undefined && <OnTop {...{ client, me, accounts, open }} onOpen={setOpen} />}
    </WidgetPage>
  )
}

interface OnTopProps extends Pick<ConnectionManagerProps, 'client' | 'me'> {
  readonly accounts: ReturnType<typeof useAccounts>
  readonly open: Open
  readonly onOpen: (open: Open | undefined) => void
}

/** The dialog that is open. */
function OnTop({ client, me, accounts, open, onOpen }: OnTopProps) {
  const close = () => onOpen(undefined)
  const closeThis = useWhileShown(close)
  if (open.kind === 'pick') {
    return (
      <ConnectorPicker client={client} onClose={close} onPick={(connector) => onOpen({ kind: 'connect', connector })} />
    )
  }
  if (open.kind !== 'connect') return <AccountDialogs task={open} accounts={accounts} onClose={close} />
  return (
    <ConnectDialog
      client={client}
      customerId={customerOf(me)}
      connector={open.connector}
      existing={open.existing}
      product={me.tenant.name}
      customer={me.customer?.name}
      onClose={close}
      onConnected={async () => {
        await accounts.reload()
        closeThis()
      }}
    />
  )
}

function BrokenNote({ count }: { readonly count: number }) {
  const t = useTexts()
  if (count === 0) return null
  return (
    <div className={styles['broken']}>
      <Callout tone="warning" title={t('accounts.broken', { count })}>
        {t('accounts.brokenText')}
      </Callout>
    </div>
  )
}
