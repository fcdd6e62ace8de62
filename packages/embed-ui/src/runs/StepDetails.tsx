import type { Step } from '@inlay/engine'
import { ExternalLink, ListRestart } from 'lucide-react'
import { useState } from 'react'
import { StepIcon } from '../canvas/ConnectorIcon.js'
import { stepKindLine, stepTitle } from '../canvas/step-looks.js'
import type { StepRun } from '../data/run-types.js'
import { findStep, UNDO_SLOT } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import panelStyles from '../panels/panels.module.css'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { type Fact, Facts } from '../ui/Layout.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { Tabs } from '../ui/Tabs.js'
import { Duration, formatMoment } from '../ui/Time.js'
import { ApprovalDecision } from './ApprovalDecision.js'
import { DataPanel } from './DataPanel.js'
import { FailureHelp } from './FailureHelp.js'
import { InspectorFrame } from './InspectorFrame.js'
import { LargeOutput } from './LargeOutput.js'
import { iterationLabel } from './outcomes.js'
import { useRunRoom } from './run-room.js'
import styles from './runs.module.css'
import { StepEvents } from './StepEvents.js'
import { StepLog, StepLogProblem, useStepLog } from './StepLog.js'
import { addressKey } from './step-history.js'

const ENDED: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled'])

export interface StepDetailsProps {
  readonly step: Step
  /** The one of its records that is looked at; undefined when it did not run. */
  readonly shown: StepRun | undefined
  /** All of the step's records, in order. */
  readonly all: readonly StepRun[]
  readonly onRecord: (record: StepRun) => void
  readonly onClose: () => void
}

/** One step of a run: how it went, why it failed, and its data. */
export function StepDetails({ step, shown, all, onRecord, onClose }: StepDetailsProps) {
  const t = useTexts()
  const { connectors } = useEditor()
  const { run } = useRunRoom()
  return (
    <InspectorFrame
      title={stepTitle(step, connectors, t)}
      subtitle={stepKindLine(step, connectors, t)}
      icon={<StepIcon step={step} connectors={connectors} />}
      onClose={onClose}
    >
      {all.length > 1 && (
        <Field label={t('run.iteration')}>
          <Select
            value={shown?.iteration ?? ''}
            options={all.map((record) => ({
              value: record.iteration,
              label: `${t('run.item', { number: iterationLabel(record.iteration) })} · ${t(`status.${record.status}`)}`,
            }))}
            onValueChange={(next) => {
              const record = all.find(({ iteration }) => iteration === next)
              if (record !== undefined) onRecord(record)
            }}
          />
        </Field>
      )}
      {step.note !== undefined && (
        <section className={styles['data']}>
          <h3>{t('note.label')}</h3>
          <p className={styles['stepNote']} dir="auto">
            {step.note}
          </p>
        </section>
      )}
      {shown === undefined ? (
        <p className={panelStyles['note']}>{t(ENDED.has(run.status) ? 'runView.notTaken' : 'run.notYet')}</p>
      ) : (
        <RecordDetails key={addressKey(shown)} step={step} record={shown} />
      )}
    </InspectorFrame>
  )
}

interface RecordProps {
  readonly step: Step
  readonly record: StepRun
}

function RecordDetails({ step, record }: RecordProps) {
  const t = useTexts()
  const { run, onOpen } = useRunRoom()
  const { childRunId, error } = record
  return (
    <>
      <RecordFacts record={record} />
      <UndoNote stepId={step.id} />
      <ApprovalDecision runId={run.id} record={record} />
      {record.status === 'skipped' && <SkipReason step={step} />}
      {error !== null && <FailureHelp error={error} step={step} />}
      {childRunId !== null && (
        <div>
          <Button size="small" icon={<ExternalLink size={14} />} onClick={() => onOpen(childRunId)}>
            {t('runView.child')}
          </Button>
        </div>
      )}
      <RecordData record={record} />
      {error === null && <ReplayButton step={step} />}
    </>
  )
}

function RecordFacts({ record }: { readonly record: StepRun }) {
  const t = useTexts()
  const locale = useLocale()
  const { status, durationMs, startedAt, attempt, wakeAt, finishedAt } = record
  const facts: readonly Fact[] = [
    { label: t('runs.status'), value: <RunStatusBadge status={status} /> },
    ...(durationMs === null || status === 'skipped'
      ? []
      : [{ label: t('runs.duration'), value: <Duration ms={durationMs} /> }]),
    { label: t('runs.started'), value: formatMoment(startedAt, Date.now(), locale) },
    ...(attempt > 1 ? [{ label: t('run.attempt'), value: attempt.toLocaleString(locale) }] : []),
    ...(wakeAt === null || finishedAt !== null
      ? []
      : [{ label: t('run.goesOn'), value: new Date(wakeAt).toLocaleString(locale) }]),
  ]
  return <Facts facts={facts} />
}

/** Says of a step that undoes another one which one that is. */
function UndoNote({ stepId }: { readonly stepId: string }) {
  const t = useTexts()
  const { connectors } = useEditor()
  const { definition } = useRunRoom()
  const place = definition && findStep(definition, stepId)?.place
  if (definition === undefined || place?.slot !== UNDO_SLOT || place.stepId === null) return null
  const undone = findStep(definition, place.stepId)?.step
  if (undone === undefined) return null
  return <Callout tone="info">{t('runView.undone', { name: stepTitle(undone, connectors, t) })}</Callout>
}

/** Why a step did not run although the run came by. */
function SkipReason({ step }: { readonly step: Step }) {
  const t = useTexts()
  return (
    <Callout tone="info">
      {step.if === undefined ? (
        t('runView.skippedNoCondition')
      ) : (
        <>
          {t('runView.skipped')}
          <span className={styles['condition']}>
            {t('runView.condition')} <code>{step.if}</code>
          </span>
        </>
      )}
    </Callout>
  )
}

function ReplayButton({ step }: { readonly step: Step }) {
  const t = useTexts()
  const { can } = useEditor()
  const { run, ask } = useRunRoom()
  if (!can('runs:rerun') || !ENDED.has(run.status)) return null
  return (
    <div>
      <Button size="small" icon={<ListRestart size={14} />} onClick={() => ask({ kind: 'fork', stepId: step.id })}>
        {t('failure.replay')}
      </Button>
    </div>
  )
}

type DataTab = 'output' | 'input' | 'log' | 'events'

function RecordData({ record }: { readonly record: StepRun }) {
  const t = useTexts()
  const { run } = useRunRoom()
  const { output, input, outputBytes, stepId } = record
  const [chosen, setChosen] = useState<DataTab>()
  const log = useStepLog(record)
  const lines = log.data ?? []
  const hasOutput = output !== null || outputBytes !== null
  const tab = chosen ?? (hasOutput ? 'output' : 'input')
  return (
    <section className={styles['dataTabs']} aria-label={t('runView.data')}>
      <Tabs
        label={t('runView.data')}
        selected={tab}
        onSelect={setChosen}
        tabs={[
          { id: 'output', label: t('runView.tabOutput') },
          { id: 'input', label: t('runView.tabInput') },
          ...(lines.length > 0 || log.isError ? [{ id: 'log' as const, label: t('stepTest.log') }] : []),
          { id: 'events', label: t(record.attempt > 1 ? 'runView.tabAttempts' : 'runView.tabHistory') },
        ]}
      />
      {tab === 'output' && outputBytes !== null && <LargeOutput runId={run.id} record={record} />}
      {tab === 'output' && output !== null && (
        <DataPanel value={output} label={t('run.output')} root={`steps.${stepId}.output`} />
      )}
      {tab === 'output' && !hasOutput && <p className={panelStyles['note']}>{t('runView.noOutput')}</p>}
      {tab === 'input' && input !== null && (
        <DataPanel value={input} label={t('run.input')} root={`steps.${stepId}.input`} />
      )}
      {tab === 'input' && input === null && <p className={panelStyles['note']}>{t('runView.noInput')}</p>}
      {tab === 'log' && <StepLog lines={lines} attempts={record.attempt} />}
      {tab === 'log' && log.error !== null && <StepLogProblem error={log.error} />}
      {tab === 'events' && <StepEvents record={record} />}
    </section>
  )
}
