import type { Step, Trigger } from '@inlay/engine'
import { X } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { StepIcon, TriggerIcon } from '../canvas/ConnectorIcon.js'
import { kindTitle, stepKindLine, stepTitle } from '../canvas/step-looks.js'
import { useSummaryWords } from '../canvas/useSummaryWords.js'
import { renameStep } from '../document/edit.js'
import { type FieldIssue, issuesOf, TRIGGER_OWNER } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { describeSights } from '../document/sight.js'
import { dataGroups } from '../expressions/data-tree.js'
import { FieldDataProvider } from '../forms/data-context.js'
import { FormProvider } from '../forms/form-context.js'
import { useDynamicOutputs } from '../hooks/useDynamicOutputs.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { StepNote } from '../notes/StepNote.js'
import { isLoose } from '../problems/issue-words.js'
import { useIssueContext, useWordedIssues } from '../problems/useProblems.js'
import { useBuilder, useBuilderState, useDefinition, useShownIssues } from '../state/useBuilder.js'
import { StepTestDock } from '../step-test/StepTestDock.js'
import { useTestIssues } from '../step-test/useStepTest.js'
import { IconButton } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { ActionForm } from './ActionForm.js'
import { BranchForm } from './BranchForm.js'
import { CallForm, CodeForm, PublishForm } from './CallForms.js'
import { SplitForm, TryForm } from './FlowForms.js'
import { ParallelForm, RespondForm, SetForm, StopForm } from './LogicForms.js'
import { ForEachForm, WhileForm } from './LoopForms.js'
import styles from './panels.module.css'
import { StepSettings } from './StepSettings.js'
import { TriggerForm } from './TriggerForm.js'
import { WaitForm } from './WaitForm.js'

/** The panel beside the canvas: the form of the selected step or of the trigger. */
export function StepPanel() {
  const definition = useDefinition()
  const selectedId = useBuilderState((state) => state.selectedId)
  if (selectedId === null) return null
  if (selectedId === TRIGGER_OWNER) return <TriggerPanel />
  const found = findStep(definition, selectedId)
  return found === undefined ? null : <EditStep key={selectedId} step={found.step} />
}

interface FrameProps {
  readonly label: string
  readonly icon: ReactNode
  readonly heading: ReactNode
  readonly owner: string
  /** What a test says of fields, beside what the server says of the draft. */
  readonly tested?: readonly FieldIssue[]
  /** Below the form, always in sight. */
  readonly foot?: ReactNode
  readonly children: ReactNode
}

const NO_ISSUES: readonly FieldIssue[] = []

function PanelFrame({ label, icon, heading, owner, tested = NO_ISSUES, foot, children }: FrameProps) {
  const t = useTexts()
  const builder = useBuilder()
  const { isReadOnly } = useEditor()
  const issues = useShownIssues()
  const placed = useMemo(() => issuesOf(issues, owner), [issues, owner])
  const context = useIssueContext(owner)
  const worded = useWordedIssues(placed, context)
  const own = useMemo(() => [...worded, ...tested], [worded, tested])
  const loose = own.filter((issue) => isLoose(issue, context))
  return (
    <aside className={styles['panel']} aria-label={label} data-inlay-part="step-panel">
      <header className={styles['header']}>
        {icon}
        <div className={styles['heading']}>{heading}</div>
        <IconButton label={t('ui.close')} size="small" onClick={() => builder.select(null)}>
          <X size={16} />
        </IconButton>
      </header>
      <div className={styles['body']}>
        <fieldset disabled={isReadOnly}>
          <FormProvider value={{ issues: own }}>
            <LooseIssues issues={loose} />
            {children}
          </FormProvider>
        </fieldset>
      </div>
      {foot}
    </aside>
  )
}

function LooseIssues({ issues }: { readonly issues: readonly FieldIssue[] }) {
  return issues.map(({ message }) => (
    <Callout key={message} tone="warning">
      {message}
    </Callout>
  ))
}

function TriggerPanel() {
  const t = useTexts()
  const { trigger } = useDefinition()
  const { connectors } = useEditor()
  const data = useTriggerData(trigger)
  return (
    <PanelFrame
      label={t('trigger.title')}
      icon={<TriggerIcon trigger={trigger} connectors={connectors} />}
      owner={TRIGGER_OWNER}
      heading={
        <>
          <h2 className={styles['headingTitle']}>{t('trigger.title')}</h2>
          <span className={styles['headingType']}>{t('trigger.help')}</span>
        </>
      }
    >
      <FieldDataProvider value={data}>
        <TriggerForm trigger={trigger} />
      </FieldDataProvider>
    </PanelFrame>
  )
}

function EditStep({ step }: { readonly step: Step }) {
  const t = useTexts()
  const builder = useBuilder()
  const { connectors } = useEditor()
  const data = useStepData(step.id)
  const tested = useTestIssues(step)
  const title = stepTitle(step, connectors, t)
  const rename = (name: string) =>
    builder.edit((definition) => renameStep(definition, step.id, name), { mergeKey: `${step.id}:name` })
  return (
    <PanelFrame
      label={title}
      icon={<StepIcon step={step} connectors={connectors} />}
      owner={step.id}
      tested={tested}
      foot={<StepTestDock step={step} />}
      heading={
        <>
          <input
            className={styles['headingName']}
            dir="auto"
            value={step.name ?? ''}
            placeholder={kindTitle(step, connectors, t)}
            aria-label={t('panel.name')}
            onChange={(event) => rename(event.target.value)}
          />
          <span className={styles['headingType']}>{stepKindLine(step, connectors, t)}</span>
        </>
      }
    >
      <FieldDataProvider value={data}>
        <StepForm step={step} />
        <StepSettings step={step} />
        <StepNote step={step} />
      </FieldDataProvider>
    </PanelFrame>
  )
}

/** The filter of a trigger is looked at before anything has run. */
function useTriggerData(trigger: Trigger) {
  const { connectors, samples } = useEditor()
  const words = useSummaryWords(useDefinition(), connectors)
  return useMemo(() => {
    const groups = dataGroups({ trigger, sight: { steps: [], loops: [] }, samples, connectors })
    return { groups: groups.filter(({ kind }) => kind === 'trigger'), words, trigger, connectors }
  }, [trigger, samples, connectors, words])
}

function useStepData(stepId: string) {
  const { connectors, samples } = useEditor()
  const definition = useDefinition()
  const words = useSummaryWords(definition, connectors)
  const { trigger } = definition
  const sight = useMemo(() => describeSights(definition).get(stepId) ?? { steps: [], loops: [] }, [definition, stepId])
  const outputs = useDynamicOutputs(trigger, sight.steps)
  return useMemo(() => {
    const groups = dataGroups({ trigger, sight, samples, connectors, outputs })
    return { groups, words, trigger, connectors }
  }, [trigger, sight, samples, connectors, outputs, words])
}

function StepForm({ step }: { readonly step: Step }) {
  switch (step.type) {
    case 'action':
      return <ActionForm step={step} />
    case 'set':
      return <SetForm step={step} />
    case 'branch':
      return <BranchForm step={step} />
    case 'parallel':
      return <ParallelForm step={step} />
    case 'forEach':
      return <ForEachForm step={step} />
    case 'while':
      return <WhileForm step={step} />
    case 'try':
      return <TryForm step={step} />
    case 'split':
      return <SplitForm step={step} />
    case 'wait':
      return <WaitForm step={step} />
    case 'call':
      return <CallForm step={step} />
    case 'code':
      return <CodeForm step={step} />
    case 'publish':
      return <PublishForm step={step} />
    case 'respond':
      return <RespondForm step={step} />
    case 'stop':
      return <StopForm step={step} />
  }
}
