import { Plus } from 'lucide-react'
import { useState } from 'react'
import { type ApiProblem, readProblem } from '../data/api-error.js'
import type { Connection, ConnectorSummary } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { ProblemText, Quoted } from '../problems/ProblemText.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { ConnectionStatusBadge } from './ConnectionStatusBadge.js'
import styles from './connections.module.css'
import { WorkflowConnectDialog } from './WorkflowConnectDialog.js'

export interface ConnectionFieldProps {
  readonly connector: ConnectorSummary
  readonly value: string | undefined
  readonly error: string | undefined
  /** OAuth scopes without which the service refuses. @default none */
  readonly scopes?: readonly string[]
  readonly onChange: (connectionId: string | undefined) => void
}

const NO_SCOPES: readonly string[] = []

/** The account that a step or trigger uses, with a way to connect another one without leaving. */
export function ConnectionField({ connector, value, error, scopes = NO_SCOPES, onChange }: ConnectionFieldProps) {
  const t = useTexts()
  const { connections, can, isReadOnly } = useEditor()
  const [dialog, setDialog] = useState<{ readonly existing?: Connection }>()
  const own = connections.filter((connection) => connection.connector === connector.id)
  const chosen = own.find(({ id }) => id === value)
  const isMissing = value !== undefined && chosen === undefined
  const mayConnect = can('connections:write') && !isReadOnly
  const options = [
    ...own.map((connection) => ({ value: connection.id, label: connectionLabel(connection) })),
    ...(isMissing ? [{ value, label: t('connection.missing') }] : []),
  ]
  return (
    <>
      <Field
        label={t('connection.label', { name: connector.name })}
        isOptional={connector.connection === 'optional'}
        error={isMissing ? t('connection.missingText') : error}
      >
        <div className={styles['fieldRow']}>
          <Select
            value={value ?? ''}
            placeholder={own.length === 0 ? t('connection.none') : t('connection.choose')}
            options={options}
            onValueChange={(next) => onChange(next === '' ? undefined : next)}
          />
          {mayConnect && (
            <Button icon={<Plus size={14} />} onClick={() => setDialog({})}>
              {t('connection.connect')}
            </Button>
          )}
        </div>
        {chosen !== undefined && (
          <Chosen
            key={chosen.id}
            connection={chosen}
            missing={missingScopes(connector, chosen, scopes)}
            onReconnect={mayConnect ? () => setDialog({ existing: chosen }) : undefined}
          />
        )}
      </Field>
      {dialog !== undefined && (
        <WorkflowConnectDialog
          connector={connector}
          {...dialog}
          onClose={() => setDialog(undefined)}
          onConnected={({ id }) => onChange(id)}
        />
      )}
    </>
  )
}

interface ChosenProps extends ConnectionStateProps, MissingScopesProps {}

/** How the chosen account is doing, and what it was not allowed. */
function Chosen({ connection, missing, onReconnect }: ChosenProps) {
  return (
    <>
      <ConnectionState connection={connection} onReconnect={onReconnect} />
      <MissingScopes missing={missing} onReconnect={onReconnect} />
    </>
  )
}

/** Accounts that share a name are told apart by what the service calls them. */
function connectionLabel({ name, account }: Connection): string {
  return account === null || account.label === name ? name : `${name} · ${account.label}`
}

/** What the account was not allowed when it was connected, in the words of the connector's author. */
function missingScopes(connector: ConnectorSummary, connection: Connection, needed: readonly string[]) {
  // Accounts that are not connected by signing in have no scopes at all.
  if (connection.scopes.length === 0) return []
  const method = connector.auth.find(({ id }) => id === connection.method) ?? connector.auth[0]
  const known = method?.scopes ?? []
  return known.filter(({ scope }) => needed.includes(scope) && !connection.scopes.includes(scope))
}

interface MissingScopesProps {
  readonly missing: ReturnType<typeof missingScopes>
  readonly onReconnect: (() => void) | undefined
}

function MissingScopes({ missing, onReconnect }: MissingScopesProps) {
  const t = useTexts()
  if (missing.length === 0) return null
  return (
    <Callout
      tone="warning"
      title={t('connection.scopesMissing')}
      actions={
        onReconnect !== undefined && (
          <Button size="small" onClick={onReconnect}>
            {t('connection.reconnect')}
          </Button>
        )
      }
    >
      <ul className={styles['missing']}>
        {missing.map(({ scope, description }) => (
          <li key={scope}>{description}</li>
        ))}
      </ul>
    </Callout>
  )
}

interface ConnectionStateProps {
  readonly connection: Connection
  readonly onReconnect: (() => void) | undefined
}

function ConnectionState({ connection, onReconnect }: ConnectionStateProps) {
  const t = useTexts()
  const { status, detail } = connection
  const test = useConnectionTest(connection.id)
  const isBroken = status === 'failing' || status === 'reconnect_needed' || status === 'pending'
  return (
    <>
      <div className={styles['state']} data-inlay-part="connection-state" data-status={status}>
        <ConnectionStatusBadge status={status} />
        {onReconnect !== undefined && (
          <span className={styles['stateActions']}>
            {status !== 'pending' && (
              <Button size="small" variant="ghost" isBusy={test.isBusy} onClick={test.run}>
                {t('connection.test')}
              </Button>
            )}
            {isBroken && (
              <Button size="small" onClick={onReconnect}>
                {t('connection.reconnect')}
              </Button>
            )}
          </span>
        )}
        <span className={styles['says']} role="status">
          {test.result?.ok === true && t('connection.testOk')}
          {test.result === undefined && isBroken && (
            <>
              {t(`connection.text.${status}`)} {detail !== null && <Quoted>{detail}</Quoted>}
            </>
          )}
        </span>
      </div>
      {test.result?.ok === false && (
        <Callout tone="danger" title={t('connection.testFailed')}>
          {test.result.problem === undefined ? (
            <Quoted>{test.result.detail ?? ''}</Quoted>
          ) : (
            <ProblemText problem={test.result.problem} />
          )}
        </Callout>
      )}
    </>
  )
}

interface TestOutcome {
  readonly ok: boolean
  /** In the words of the service. */
  readonly detail?: string | null
  /** Why it could not even be asked. */
  readonly problem?: ApiProblem
}

function useConnectionTest(id: string) {
  const { client, reloadConnections } = useEditor()
  const [isBusy, setBusy] = useState(false)
  const [result, setResult] = useState<TestOutcome>()
  const run = async () => {
    setBusy(true)
    try {
      const { ok, detail } = await client.connections.test.mutate({ id })
      setResult({ ok, detail })
      await reloadConnections()
    } catch (error) {
      setResult({ ok: false, problem: readProblem(error) })
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, result, run: () => void run() }
}
