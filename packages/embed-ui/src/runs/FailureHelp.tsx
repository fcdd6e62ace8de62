import type { ErrorRecord, JsonValue, Step } from '@inlay/engine'
import { ListRestart, PlugZap, Wrench } from 'lucide-react'
import { useState } from 'react'
import { WorkflowConnectDialog } from '../connections/WorkflowConnectDialog.js'
import { pointerKey } from '../forms/form-context.js'
import { schemaFields } from '../forms/schema.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { type FailureWords, failedExpression, failureWords } from '../problems/failure-words.js'
import { Quoted } from '../problems/ProblemText.js'
import { Button } from '../ui/Button.js'
import { CodeBlock } from '../ui/Code.js'
import { Callout } from '../ui/Feedback.js'
import { Disclosure } from '../ui/Layout.js'
import { useToast } from '../ui/Toast.js'
import { withoutSecrets } from './data-search.js'
import { useRunRoom } from './run-room.js'
import styles from './runs.module.css'

export interface FailureHelpProps {
  readonly error: ErrorRecord
  /** The step that failed; absent for the run as a whole. */
  readonly step?: Step | undefined
  /** Leads to the step that failed, for the run as a whole. */
  readonly onShowStep?: (() => void) | undefined
}

const ENDED: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled'])

/** Why something failed, what to do about it, and the way there. */
export function FailureHelp({ error, step, onShowStep }: FailureHelpProps) {
  const t = useTexts()
  const { can } = useEditor()
  const { run, ask, onFix } = useRunRoom()
  const field = useField(step, error)
  const { title, said } = failureWords(error, t)
  const mayReplay = step !== undefined && can('runs:rerun') && ENDED.has(run.status)
  return (
    <Callout
      tone="danger"
      title={title}
      actions={
        <>
          {step !== undefined && isAboutAccount(error) && <Reconnect step={step} />}
          {mayReplay && (
            <Button
              variant={isAboutAccount(error) ? 'secondary' : 'primary'}
              size="small"
              icon={<ListRestart size={14} />}
              onClick={() => ask({ kind: 'fork', stepId: step.id })}
            >
              {t('failure.replay')}
            </Button>
          )}
          {step !== undefined && onFix !== undefined && (
            <Button size="small" icon={<Wrench size={14} />} onClick={() => onFix(step.id, field?.pointer)}>
              {t('failure.inBuilder')}
            </Button>
          )}
          {onShowStep !== undefined && (
            <Button size="small" onClick={onShowStep}>
              {t('failure.showStep')}
            </Button>
          )}
        </>
      }
    >
      {said === undefined ? <Expression error={error} /> : <Said {...said} />}
      {field !== undefined && <p className={styles['detail']}>{t('failure.field', { name: field.title })}</p>}
      <p className={styles['fix']}>
        <strong>{t('failure.fix')}</strong> {t(`error.${error.kind}`)}
      </p>
      {error.data !== undefined && (
        <Disclosure title={t('failure.details')}>
          <CodeBlock code={JSON.stringify(withoutSecrets(error.data), null, 2)} label={t('run.errorData')} />
        </Disclosure>
      )}
    </Callout>
  )
}

/** What a service or its connector said. */
function Said({ title, detail }: NonNullable<FailureWords['said']>) {
  return (
    <>
      <p className={styles['detail']}>
        <Quoted>{title}</Quoted>
      </p>
      {detail !== undefined && (
        <p className={styles['detail']}>
          <Quoted>{detail}</Quoted>
        </p>
      )}
    </>
  )
}

function Expression({ error }: Pick<FailureHelpProps, 'error'>) {
  const expression = failedExpression(error.data)
  return expression === undefined ? null : (
    <p className={styles['detail']}>
      <code dir="ltr">{expression}</code>
    </p>
  )
}

/** The field that a service complains of, when its connector says so. */
function useField(step: Step | undefined, { data }: ErrorRecord) {
  const { connectors } = useEditor()
  const name = fieldIn(data)
  if (name === undefined || step?.type !== 'action') return undefined
  const action = connectors.find(({ id }) => id === step.connector)?.actions.find(({ id }) => id === step.action)
  const found = action && schemaFields(action.inputSchema).find((field) => field.name === name)
  return { pointer: `/input/${pointerKey(name)}`, title: found?.title ?? name }
}

function fieldIn(data: JsonValue | undefined): string | undefined {
  if (typeof data !== 'object' || data === null || !('field' in data)) return undefined
  // Checked above: an object with that field.
  const { field } = data as { readonly field: JsonValue }
  return typeof field === 'string' ? field : undefined
}

function isAboutAccount({ kind }: ErrorRecord): boolean {
  return kind === 'authentication' || kind === 'authorization'
}

/** Connects the step's account again, where that is what helps. */
function Reconnect({ step }: { readonly step: Step }) {
  const t = useTexts()
  const toast = useToast()
  const { can, connections, connectors } = useEditor()
  const [isOpen, setOpen] = useState(false)
  if (step.type !== 'action' || !can('connections:write')) return null
  const existing = connections.find(({ id }) => id === step.connection)
  const connector = connectors.find(({ id }) => id === step.connector)
  if (existing === undefined || connector === undefined) return null
  return (
    <>
      <Button variant="primary" size="small" icon={<PlugZap size={14} />} onClick={() => setOpen(true)}>
        {t('failure.reconnect', { name: connector.name })}
      </Button>
      {isOpen && (
        <WorkflowConnectDialog
          connector={connector}
          existing={existing}
          onClose={() => setOpen(false)}
          onConnected={() => toast({ tone: 'success', title: t('failure.reconnected') })}
        />
      )}
    </>
  )
}
