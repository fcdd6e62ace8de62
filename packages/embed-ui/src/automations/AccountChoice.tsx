import { useQuery } from '@tanstack/react-query'
import { Plus, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { isBroken } from '../accounts/broken.js'
import { ConnectDialog } from '../connections/ConnectDialog.js'
import type { AutomationAccount, Connection, ConnectorSummary, Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { connectorQuery } from '../hooks/useConnectors.js'
import { customerOf } from '../host/widget-props.js'
import type { MessageKey } from '../messages/messages.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { useWhileShown } from '../ui/useWhileShown.js'
import styles from './automations.module.css'

export interface AccountChoiceProps {
  readonly account: AutomationAccount
  readonly client: BuilderClient
  readonly me: Me
  readonly onChange: (account: AutomationAccount) => void
}

/** Chooses the account of one service, or connects one without leaving the form. */
export function AccountChoice({ account, client, me, onChange }: AccountChoiceProps) {
  const t = useTexts()
  const [dialog, setDialog] = useState<{ readonly existing?: Connection }>()
  const { connector, name, choices, broken, help, reload } = useChoice({ account, client, me })
  const choose = (connectionId: string | null) => onChange({ ...account, connectionId })
  return (
    <>
      <Field
        label={t('connection.label', { name })}
        isOptional={!account.isRequired}
        error={broken === undefined ? undefined : t(brokenText(broken.status))}
        help={help === undefined ? undefined : t(help)}
      >
        <div className={styles['account']}>
          <Select
            value={account.connectionId ?? ''}
            placeholder={t(choices.length === 0 ? 'connection.none' : 'connection.choose')}
            options={choices.map((each) => ({ value: each.id, label: labelOf(each) }))}
            onValueChange={(next) => choose(next === '' ? null : next)}
          />
          {me.permissions.includes('connections:write') && connector !== undefined && (
            <Button
              icon={broken === undefined ? <Plus size={14} /> : <RefreshCw size={14} />}
              onClick={() => setDialog(broken === undefined ? {} : { existing: broken })}
            >
              {t(broken === undefined ? 'connection.connect' : 'connection.reconnect')}
            </Button>
          )}
        </div>
      </Field>
      {dialog !== undefined && connector !== undefined && (
        <AccountDialog
          {...dialog}
          {...{ client, me, connector, reload }}
          onClose={() => setDialog(undefined)}
          onConnected={choose}
        />
      )}
    </>
  )
}

interface AccountDialogProps extends Pick<AccountChoiceProps, 'client' | 'me'> {
  readonly connector: ConnectorSummary
  readonly existing?: Connection
  readonly reload: () => Promise<unknown>
  readonly onClose: () => void
  readonly onConnected: (connectionId: string) => void
}

function AccountDialog({ me, reload, onClose, onConnected, ...account }: AccountDialogProps) {
  // Who has closed the dialog meanwhile finds the account among the choices, and chooses it or not.
  const finish = useWhileShown((id: string) => {
    onClose()
    onConnected(id)
  })
  return (
    <ConnectDialog
      {...account}
      customerId={customerOf(me)}
      product={me.tenant.name}
      customer={me.customer?.name}
      onClose={onClose}
      onConnected={async ({ id }) => {
        await reload()
        finish(id)
      }}
    />
  )
}

/** The customer's accounts of the service, and what is wrong with the choice. */
function useChoice({ account, client, me }: Omit<AccountChoiceProps, 'onChange'>) {
  const connector = useQuery(connectorQuery(client, account.connector)).data
  const customerId = customerOf(me)
  const own = useQuery({
    queryKey: ['accounts', customerId, 'of', account.connector],
    queryFn: async () =>
      (await client.connections.list.query({ customerId, connector: account.connector, limit: 100 })).data,
  })
  const choices = own.data ?? []
  const chosen = choices.find(({ id }) => id === account.connectionId)
  const isNone = own.data !== undefined && choices.length === 0
  const isMissing = account.isRequired && account.connectionId === null
  return {
    connector,
    name: connector?.name ?? account.connector,
    choices,
    broken: chosen !== undefined && isBroken(chosen) ? chosen : undefined,
    help: isMissing ? missingText(isNone) : undefined,
    reload: () => own.refetch(),
  }
}

function missingText(isNone: boolean): MessageKey {
  return isNone ? 'automations.accountNeeded' : 'automations.accountChoose'
}

function brokenText(status: Connection['status']) {
  if (status === 'reconnect_needed' || status === 'pending') return `connection.text.${status}` as const
  return 'connection.text.failing'
}

/** Accounts that share a name are told apart by what the service calls them. */
function labelOf({ name, account }: Connection): string {
  return account === null || account.label === name ? name : `${name} · ${account.label}`
}
