import type { WorkflowDefinition } from '@inlay/engine'
import { useState } from 'react'
import { TriggerIcon } from '../canvas/ConnectorIcon.js'
import { triggerTitle } from '../canvas/step-looks.js'
import type { StepRun } from '../data/run-types.js'
import { TRIGGER_OWNER } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { CopyButton } from '../ui/Code.js'
import { type Fact, Facts } from '../ui/Layout.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { Tabs } from '../ui/Tabs.js'
import { Duration } from '../ui/Time.js'
import { DataPanel } from './DataPanel.js'
import { FailureHelp } from './FailureHelp.js'
import { InspectorFrame } from './InspectorFrame.js'
import { brokenStep, recordsOf } from './outcomes.js'
import { useRunRoom } from './run-room.js'
import styles from './runs.module.css'
import { StepDetails } from './StepDetails.js'
import { addressKey } from './step-history.js'

export interface RunInspectorProps {
  readonly definition: WorkflowDefinition
  /** A step's id, that of the trigger, or null for the run as a whole. */
  readonly selectedId: string | null
  /** Whether a record belongs to the items of loops that are looked at. */
  readonly isShown: (record: StepRun) => boolean
  /** Of a step that ran several times, the one time that was asked for. */
  readonly recordKey: string | undefined
  readonly onRecord: (record: StepRun) => void
  readonly onSelect: (id: string | null) => void
}

/** Beside a run: the run as a whole, its trigger, or one step with its data. */
export function RunInspector(props: RunInspectorProps) {
  const { definition, selectedId, recordKey, isShown, onRecord, onSelect } = props
  const { steps } = useRunRoom()
  const close = () => onSelect(null)
  if (selectedId === TRIGGER_OWNER) return <TriggerDetails definition={definition} onClose={close} />
  const step = selectedId === null ? undefined : findStep(definition, selectedId)?.step
  if (step === undefined) return <RunDetails onSelect={onSelect} />
  const all = recordsOf(steps, step.id)
  const records = all.filter(isShown)
  const failed = records.find(({ status }) => status === 'failed')
  return (
    <StepDetails
      key={step.id}
      step={step}
      shown={records.find((record) => addressKey(record) === recordKey) ?? failed ?? records[0]}
      all={all}
      onRecord={onRecord}
      onClose={close}
    />
  )
}

interface TriggerDetailsProps {
  readonly definition: WorkflowDefinition
  readonly onClose: () => void
}

function TriggerDetails({ definition: { trigger }, onClose }: TriggerDetailsProps) {
  const t = useTexts()
  const { connectors } = useEditor()
  const { run } = useRunRoom()
  return (
    <InspectorFrame
      title={t('trigger.title')}
      subtitle={triggerTitle(trigger, connectors, t)}
      icon={<TriggerIcon trigger={trigger} connectors={connectors} />}
      onClose={onClose}
    >
      <section className={styles['data']}>
        <h3>{t('run.received')}</h3>
        <DataPanel value={run.trigger} label={t('run.received')} root="trigger" />
      </section>
    </InspectorFrame>
  )
}

function RunDetails({ onSelect }: Pick<RunInspectorProps, 'onSelect'>) {
  const t = useTexts()
  const locale = useLocale()
  const { run, steps } = useRunRoom()
  const broken = run.status === 'failed' ? brokenStep(run, steps) : undefined
  const facts: readonly Fact[] = [
    { label: t('runs.status'), value: <RunStatusBadge status={run.status} /> },
    { label: t('runs.started'), value: new Date(run.startedAt ?? run.createdAt).toLocaleString(locale) },
    ...(run.durationMs === null ? [] : [{ label: t('runs.duration'), value: <Duration ms={run.durationMs} /> }]),
    ...(run.wakeAt === null || run.status !== 'waiting'
      ? []
      : [{ label: t('run.wakes'), value: new Date(run.wakeAt).toLocaleString(locale) }]),
    { label: t('run.id'), value: <RunId id={run.id} /> },
  ]
  return (
    <InspectorFrame title={t('run.title')} subtitle={t('run.pickStep')}>
      <Facts facts={facts} />
      {run.error !== null && (
        <FailureHelp error={run.error} onShowStep={broken === undefined ? undefined : () => onSelect(broken.stepId)} />
      )}
      <RunData />
    </InspectorFrame>
  )
}

function RunData() {
  const t = useTexts()
  const { run } = useRunRoom()
  const [tab, setTab] = useState<'input' | 'output'>('input')
  if (run.output === null) {
    return (
      <section className={styles['data']}>
        <h3>{t('run.received')}</h3>
        <DataPanel value={run.trigger} label={t('run.received')} root="trigger" />
      </section>
    )
  }
  return (
    <section className={styles['dataTabs']} aria-label={t('runView.data')}>
      <Tabs
        label={t('runView.data')}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: 'input', label: t('run.received') },
          { id: 'output', label: t('run.output') },
        ]}
      />
      {tab === 'input' ? (
        <DataPanel value={run.trigger} label={t('run.received')} root="trigger" />
      ) : (
        <DataPanel value={run.output} label={t('run.output')} root="output" />
      )}
    </section>
  )
}

function RunId({ id }: { readonly id: string }) {
  return (
    <span className={styles['id']}>
      <code title={id}>{id}</code>
      <CopyButton text={id} />
    </span>
  )
}
