import type { ErrorRecord, RunStatus, Step, Trigger } from '@inlay/engine'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { StepIcon, TriggerIcon } from '../canvas/ConnectorIcon.js'
import { stepKindLine, stepTitle, triggerTitle } from '../canvas/step-looks.js'
import type { Run, StepRun } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import panelStyles from '../panels/panels.module.css'
import { IconButton } from '../ui/Button.js'
import { CodeBlock, CopyButton } from '../ui/Code.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { type Fact, Facts } from '../ui/Layout.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { Duration, formatDuration } from '../ui/Time.js'
import { ApprovalDecision } from './ApprovalDecision.js'
import { DataSection } from './DataSection.js'
import { LargeOutput } from './LargeOutput.js'
import { iterationLabel, recordsOf } from './outcomes.js'
import styles from './runs.module.css'

export interface RunInspectorProps {
  readonly run: Run
  readonly steps: readonly StepRun[]
  /** The step that is looked at; absent for the trigger and the run as a whole. */
  readonly step: Step | undefined
  /** The trigger, when it is what is looked at. */
  readonly trigger: Trigger | undefined
  readonly iteration: string | undefined
  readonly onIteration: (iteration: string) => void
  readonly onClose: () => void
}

/** Beside a run's canvas: the run as a whole, its trigger, or one step with its input, output and error. */
export function RunInspector(props: RunInspectorProps) {
  const t = useTexts()
  const { connectors } = useEditor()
  const { step, run, trigger } = props
  if (step !== undefined) return <StepDetails {...props} step={step} />
  if (trigger !== undefined) {
    return (
      <Frame
        title={t('trigger.title')}
        subtitle={triggerTitle(trigger, connectors, t)}
        icon={<TriggerIcon trigger={trigger} connectors={connectors} />}
        onClose={props.onClose}
      >
        <DataSection title={t('run.received')} value={run.trigger} />
      </Frame>
    )
  }
  return <RunDetails run={run} />
}

interface FrameProps {
  readonly title: string
  readonly subtitle?: string
  readonly icon?: ReactNode
  readonly onClose?: () => void
  readonly children: ReactNode
}

function Frame({ title, subtitle, icon, onClose, children }: FrameProps) {
  const t = useTexts()
  return (
    <aside
      className={panelStyles['panel']}
      aria-label={title}
      data-inlay-part="run-inspector"
      data-idle={onClose === undefined || undefined}
    >
      <header className={panelStyles['header']}>
        {icon}
        <div className={panelStyles['heading']}>
          <h2 className={panelStyles['headingTitle']}>{title}</h2>
          {subtitle !== undefined && <span className={panelStyles['headingType']}>{subtitle}</span>}
        </div>
        {onClose !== undefined && (
          <IconButton label={t('ui.close')} size="small" onClick={onClose}>
            <X size={16} />
          </IconButton>
        )}
      </header>
      <div className={panelStyles['body']}>
        <div className={styles['sections']}>{children}</div>
      </div>
    </aside>
  )
}

function RunDetails({ run }: { readonly run: Run }) {
  const t = useTexts()
  const locale = useLocale()
  const facts: readonly Fact[] = [
    { label: t('runs.status'), value: <RunStatusBadge status={run.status} /> },
    { label: t('runs.started'), value: new Date(run.startedAt ?? run.createdAt).toLocaleString(locale) },
    { label: t('runs.duration'), value: <Duration ms={run.durationMs} /> },
    ...(run.wakeAt === null || run.status !== 'waiting'
      ? []
      : [{ label: t('run.wakes'), value: new Date(run.wakeAt).toLocaleString(locale) }]),
    { label: t('run.id'), value: <RunId id={run.id} /> },
  ]
  return (
    <Frame title={t('run.title')} subtitle={t('run.pickStep')}>
      <Facts facts={facts} />
      {run.error !== null && <ErrorSection error={run.error} />}
      <DataSection title={t('run.received')} value={run.trigger} />
      {run.output !== null && <DataSection title={t('run.output')} value={run.output} />}
    </Frame>
  )
}

const ENDED: ReadonlySet<RunStatus> = new Set<RunStatus>(['succeeded', 'failed', 'cancelled'])

function RunId({ id }: { readonly id: string }) {
  return (
    <span className={styles['id']}>
      <code title={id}>{id}</code>
      <CopyButton text={id} />
    </span>
  )
}

function StepDetails({ run, steps, step, iteration, ...on }: RunInspectorProps & { readonly step: Step }) {
  const t = useTexts()
  const { connectors } = useEditor()
  const records = recordsOf(steps, step.id)
  const shown = records.find((record) => record.iteration === iteration) ?? records[0]
  return (
    <Frame
      title={stepTitle(step, connectors, t)}
      subtitle={stepKindLine(step, connectors, t)}
      icon={<StepIcon step={step} connectors={connectors} />}
      onClose={on.onClose}
    >
      {records.length > 1 && (
        <Field label={t('run.iteration')}>
          <Select
            value={shown?.iteration ?? ''}
            options={records.map((record) => ({
              value: record.iteration,
              label: `${t('run.item', { number: iterationLabel(record.iteration) })} · ${t(`status.${record.status}`)}`,
            }))}
            onValueChange={on.onIteration}
          />
        </Field>
      )}
      {shown === undefined ? (
        <p className={panelStyles['note']}>{t(ENDED.has(run.status) ? 'run.notReached' : 'run.notYet')}</p>
      ) : (
        <RecordDetails runId={run.id} record={shown} />
      )}
    </Frame>
  )
}

function RecordDetails({ runId, record }: { readonly runId: string; readonly record: StepRun }) {
  const t = useTexts()
  const locale = useLocale()
  const facts: readonly Fact[] = [
    { label: t('runs.status'), value: <RunStatusBadge status={record.status} /> },
    ...(record.durationMs === null
      ? []
      : [{ label: t('runs.duration'), value: formatDuration(record.durationMs, locale) }]),
    { label: t('runs.started'), value: new Date(record.startedAt).toLocaleTimeString(locale) },
    ...(record.attempt > 1 ? [{ label: t('run.attempt'), value: String(record.attempt) }] : []),
    ...(record.wakeAt === null || record.finishedAt !== null
      ? []
      : [{ label: t('run.goesOn'), value: new Date(record.wakeAt).toLocaleString(locale) }]),
  ]
  return (
    <>
      <Facts facts={facts} />
      <ApprovalDecision runId={runId} record={record} />
      {record.error !== null && <ErrorSection error={record.error} />}
      {typeof record.outputBytes === 'number' && (
        <LargeOutput key={`${record.stepPath}/${record.iteration}`} runId={runId} record={record} />
      )}
      {record.output !== null && <DataSection title={t('run.output')} value={record.output} />}
      {record.input !== null && <DataSection title={t('run.input')} value={record.input} />}
    </>
  )
}

function ErrorSection({ error }: { readonly error: ErrorRecord }) {
  const t = useTexts()
  return (
    <Callout tone="danger" title={error.title}>
      {error.detail !== undefined && <p className={styles['detail']}>{error.detail}</p>}
      <p className={styles['advice']}>{t(`error.${error.kind}`)}</p>
      {error.data !== undefined && <CodeBlock code={JSON.stringify(error.data, null, 2)} label={t('run.errorData')} />}
    </Callout>
  )
}
