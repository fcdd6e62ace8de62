import { Ellipsis, Pencil, RefreshCw, Stethoscope, Unplug } from 'lucide-react'
import { ConnectorIcon } from '../canvas/ConnectorIcon.js'
import { ConnectionStatusBadge } from '../connections/ConnectionStatusBadge.js'
import type { Connection, ConnectorSummary } from '../data/api-types.js'
import { type Texts, useTexts } from '../messages/useTexts.js'
import { Quoted } from '../problems/ProblemText.js'
import { Button, IconButton } from '../ui/Button.js'
import { Card } from '../ui/Layout.js'
import { Menu, type MenuItem } from '../ui/Menu.js'
import { type Column, Table } from '../ui/Table.js'
import { RelativeTime } from '../ui/Time.js'
import type { AccountTask } from './AccountDialogs.js'
import styles from './accounts.module.css'
import { isBroken } from './broken.js'
import type { Accounts } from './useAccounts.js'
import { useAccountTest } from './useAccountTest.js'

export interface AccountTableProps {
  readonly accounts: Accounts
  readonly mayWrite: boolean
  readonly onReconnect: (connection: Connection, connector: ConnectorSummary) => void
  readonly onTask: (task: AccountTask) => void
}

/** One account a row. */
export function AccountTable(props: AccountTableProps) {
  const t = useTexts()
  const { accounts, mayWrite } = props
  const columns: readonly Column<Connection>[] = [
    {
      id: 'account',
      header: t('accounts.account'),
      isTitle: true,
      cell: (connection) => <Who connection={connection} connector={accounts.connectorOf(connection)} />,
    },
    {
      id: 'status',
      header: t('accounts.status'),
      cell: (connection) => <State connection={connection} />,
    },
    {
      id: 'usedBy',
      header: t('accounts.usedBy'),
      // "Not used" speaks for itself.
      narrowLabel: (connection) => (accounts.usageOf(connection)?.length === 0 ? undefined : t('accounts.usedBy')),
      cell: (connection) => usedBy(accounts.usageOf(connection)?.length, t),
    },
    {
      id: 'checked',
      header: t('accounts.checked'),
      narrowLabel: t('accounts.checked'),
      isSecondary: true,
      cell: ({ checkedAt }) =>
        checkedAt === null ? (
          <span className={styles['quiet']}>{t('accounts.neverChecked')}</span>
        ) : (
          <RelativeTime at={checkedAt} />
        ),
    },
    ...(mayWrite
      ? [
          {
            id: 'actions',
            header: t('accounts.actions', { name: '' }),
            isHeaderHidden: true,
            align: 'end' as const,
            cell: (connection: Connection) => <Actions {...props} connection={connection} />,
          },
        ]
      : []),
  ]
  return (
    <Card isPadded={false}>
      <Table label={t('accounts.title')} columns={columns} rows={accounts.list} rowKey={({ id }) => id} />
    </Card>
  )
}

function usedBy(count: number | undefined, t: Texts) {
  if (count === undefined) return null
  return count === 0 ? (
    <span className={styles['quiet']}>{t('accounts.unused')}</span>
  ) : (
    t('accounts.usedByCount', { count })
  )
}

function Who({
  connection: { name, account, connector: id },
  connector,
}: {
  readonly connection: Connection
  readonly connector: ConnectorSummary | undefined
}) {
  const service = connector?.name ?? id
  const details = [service, account?.label].filter((text) => text !== undefined && text !== name)
  return (
    <span className={styles['who']}>
      <ConnectorIcon connector={connector} size={32} />
      <span className={styles['names']}>
        <strong dir="auto">{name}</strong>
        {details.length > 0 && (
          <span>
            {details.map((text) => (
              <span key={text}>{text}</span>
            ))}
          </span>
        )}
      </span>
    </span>
  )
}

function State({ connection: { status, detail } }: { readonly connection: Connection }) {
  return (
    <span className={styles['state']}>
      <ConnectionStatusBadge status={status} />
      {detail !== null && status !== 'ok' && (
        <span className={styles['detail']}>
          <Quoted>{detail}</Quoted>
        </span>
      )}
    </span>
  )
}

interface ActionsProps extends AccountTableProps {
  readonly connection: Connection
}

function Actions({ connection, accounts, onReconnect, onTask }: ActionsProps) {
  const t = useTexts()
  const test = useAccountTest(accounts)
  const connector = accounts.connectorOf(connection)
  const reconnect = () => connector !== undefined && onReconnect(connection, connector)
  const items: readonly MenuItem[] = [
    {
      id: 'test',
      label: t('accounts.test'),
      icon: <Stethoscope size={15} />,
      isDisabled: connection.status === 'pending',
      onSelect: () => test.run(connection),
    },
    {
      id: 'reconnect',
      label: t('connection.reconnect'),
      icon: <RefreshCw size={15} />,
      isDisabled: connector === undefined,
      onSelect: reconnect,
    },
    {
      id: 'rename',
      label: t('accounts.rename'),
      icon: <Pencil size={15} />,
      onSelect: () => onTask({ kind: 'rename', connection }),
    },
    {
      id: 'delete',
      label: t('accounts.delete'),
      icon: <Unplug size={15} />,
      isDanger: true,
      startsGroup: true,
      onSelect: () => onTask({ kind: 'delete', connection }),
    },
  ]
  return (
    <span className={styles['actions']}>
      {isBroken(connection) && connector !== undefined && (
        <Button size="small" onClick={reconnect}>
          {t('connection.reconnect')}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton
            label={t('accounts.actions', { name: connection.name })}
            size="small"
            isBusy={test.busyId === connection.id}
          >
            <Ellipsis size={16} />
          </IconButton>
        }
        items={items}
      />
    </span>
  )
}
