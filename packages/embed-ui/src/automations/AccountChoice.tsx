import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ConnectDialog } from '../connections/ConnectDialog.js'
import type { AutomationAccount, Connection, Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { connectorQuery } from '../hooks/useConnectors.js'
import { customerOf } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
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
  const [isConnecting, setConnecting] = useState(false)
  const connector = useQuery(connectorQuery(client, account.connector)).data
  const customerId = customerOf(me)
  const own = useQuery({
    queryKey: ['accounts', customerId, 'of', account.connector],
    queryFn: async () =>
      (await client.connections.list.query({ customerId, connector: account.connector, limit: 100 })).data,
  })
  const choices = own.data ?? []
  const choose = (connectionId: string | null) => onChange({ ...account, connectionId })
  const name = connector?.name ?? account.connector
  const mayConnect = me.permissions.includes('connections:write')
  const isMissing = account.isRequired && own.data !== undefined && choices.length === 0
  return (
    <>
      <Field
        label={t('connection.label', { name })}
        isOptional={!account.isRequired}
        help={isMissing ? t('automations.accountNeeded') : undefined}
      >
        <div className={styles['account']}>
          <Select
            value={account.connectionId ?? ''}
            placeholder={t(choices.length === 0 ? 'connection.none' : 'connection.choose')}
            options={choices.map((each) => ({ value: each.id, label: labelOf(each) }))}
            onValueChange={(next) => choose(next === '' ? null : next)}
          />
          {mayConnect && connector !== undefined && (
            <Button
              variant={isMissing ? 'primary' : 'secondary'}
              icon={<Plus size={14} />}
              onClick={() => setConnecting(true)}
            >
              {t('connection.connect')}
            </Button>
          )}
        </div>
      </Field>
      {isConnecting && connector !== undefined && (
        <ConnectDialog
          client={client}
          customerId={customerId}
          connector={connector}
          product={me.tenant.name}
          customer={me.customer?.name}
          onClose={() => setConnecting(false)}
          onConnected={async (made) => {
            await own.refetch()
            setConnecting(false)
            choose(made.id)
          }}
        />
      )}
    </>
  )
}

/** Accounts that share a name are told apart by what the service calls them. */
function labelOf({ name, account }: Connection): string {
  return account === null || account.label === name ? name : `${name} · ${account.label}`
}
