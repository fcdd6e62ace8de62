import type { RetryPolicy, Step, StepType } from '@inlay/engine'
import { Plus, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { changeStepId, updateStep } from '../document/edit.js'
import { fieldError } from '../document/issues.js'
import { findStep, UNDO_SLOT } from '../document/sequences.js'
import { STEP_ID_PATTERN } from '../document/step-ids.js'
import { useForm } from '../forms/form-context.js'
import { useAddStep } from '../hooks/useAddStep.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { Button } from '../ui/Button.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { Disclosure } from '../ui/Layout.js'
import { Switch } from '../ui/Toggle.js'
import { CommittedInput } from './CommittedInput.js'
import { ConditionField } from './ConditionField.js'
import { DurationInput } from './DurationInput.js'
import styles from './panels.module.css'

type Edit = (change: (step: Step) => Step, field?: string) => void

/** What every step may carry: id, condition, retries, time-out and what happens when it fails. */
export function StepSettings({ step }: { readonly step: Step }) {
  const t = useTexts()
  const builder = useBuilder()
  const { issues } = useForm()
  const edit: Edit = (change, field) =>
    builder.edit(
      (definition) => updateStep(definition, step.id, change),
      field === undefined ? {} : { mergeKey: `${step.id}:${field}` },
    )
  const isAction = step.type === 'action'
  const summary = [
    step.if !== undefined && t('settings.hasCondition'),
    step.retry !== undefined && t('settings.hasRetry', { count: step.retry.maxAttempts }),
    step.onError !== undefined && step.onError !== 'fail' && t('settings.hasOnError'),
    step.compensate !== undefined && t('settings.hasUndo'),
  ].filter(Boolean)
  const hasIssue = useLatch(issues.some(({ field }) => /^\/(id|if|retry|timeout|onError)(\/|$)/.test(field)))
  return (
    <Disclosure
      // Once something in it is wrong it stays open.
      key={String(hasIssue)}
      title={t('settings.title')}
      note={summary.join(', ')}
      isInitiallyOpen={hasIssue}
    >
      <ConditionSetting step={step} edit={edit} />
      {isAction && <RetrySetting step={step} edit={edit} />}
      {isAction && (
        <Field
          label={t('settings.timeout')}
          help={t('settings.timeoutHelp')}
          error={fieldError(issues, '/timeout')}
          isOptional
        >
          <DurationInput
            value={step.timeout ?? ''}
            placeholder="30"
            onChange={(timeout) =>
              edit(({ timeout: _old, ...rest }) => (timeout === '' ? rest : { ...rest, timeout }), '/timeout')
            }
          />
        </Field>
      )}
      <OnErrorSetting step={step} edit={edit} />
      <UndoSetting step={step} />
      <Field label={t('settings.id')} help={t('settings.idHelp')} error={fieldError(issues, '/id')}>
        <CommittedInput
          isMono
          value={step.id}
          onCommit={(id) =>
            STEP_ID_PATTERN.test(id) &&
            builder.edit((definition) => changeStepId(definition, step.id, id), { select: id })
          }
        />
      </Field>
    </Disclosure>
  )
}

/** Whether something was true once. */
function useLatch(isTrue: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(isTrue)
  if (isTrue && !wasTrue) setWasTrue(true)
  return wasTrue || isTrue
}

interface SettingProps {
  readonly step: Step
  readonly edit: Edit
}

function ConditionSetting({ step, edit }: SettingProps) {
  const t = useTexts()
  const { issues } = useForm()
  const isOn = step.if !== undefined
  const toggle = () => edit(({ if: _old, ...rest }) => (isOn ? rest : { ...rest, if: '' }))
  return (
    <div className={styles['stack']}>
      <Switch isOn={isOn} onChange={toggle} label={t('settings.if')} />
      {isOn && (
        <ConditionField
          value={step.if ?? ''}
          error={fieldError(issues, '/if')}
          onChange={(next) => edit((old) => ({ ...old, if: next }), '/if')}
        />
      )}
    </div>
  )
}

const FIRST_POLICY: RetryPolicy = { maxAttempts: 3, initialInterval: '1s', backoffCoefficient: 2, maxInterval: '1m' }

function RetrySetting({ step, edit }: SettingProps) {
  const t = useTexts()
  const { issues } = useForm()
  const { retry } = step
  const setPolicy = (change: Partial<RetryPolicy>) =>
    edit((old) => ({ ...old, retry: { ...(old.retry ?? FIRST_POLICY), ...change } }), '/retry')
  return (
    <div className={styles['stack']}>
      <Switch
        isOn={retry !== undefined}
        label={t('settings.retry')}
        onChange={(isOn) => edit(({ retry: _old, ...rest }) => (isOn ? { ...rest, retry: FIRST_POLICY } : rest))}
      />
      {retry !== undefined && (
        <>
          <Field label={t('settings.attempts')} error={fieldError(issues, '/retry/maxAttempts')}>
            <CommittedInput
              inputMode="numeric"
              value={String(retry.maxAttempts)}
              onCommit={(text) => setPolicy({ maxAttempts: Math.min(Math.max(Math.round(Number(text)) || 1, 1), 100) })}
            />
          </Field>
          <Field
            label={t('settings.firstWait')}
            help={t('settings.waitHelp')}
            error={fieldError(issues, '/retry/initialInterval')}
          >
            <DurationInput
              value={retry.initialInterval ?? '1s'}
              onChange={(initialInterval) => setPolicy({ initialInterval })}
            />
          </Field>
        </>
      )}
    </div>
  )
}

/** Steps with effects outside can have one that undoes them; such a step itself cannot. */
const UNDOABLE: ReadonlySet<StepType> = new Set<StepType>(['action', 'call', 'code', 'publish'])

function UndoSetting({ step }: { readonly step: Step }) {
  const t = useTexts()
  const builder = useBuilder()
  const addStep = useAddStep()
  const { compensate } = step
  const place = findStep(builder.store.getState().history.present, step.id)?.place
  if (!UNDOABLE.has(step.type) || place?.slot === UNDO_SLOT) return null
  return (
    <Field label={t('settings.undo')} help={t('settings.undoHelp')} isGroup>
      {compensate === undefined ? (
        <div>
          <Button
            size="small"
            icon={<Plus size={14} />}
            onClick={({ currentTarget }) => addStep?.({ stepId: step.id, slot: UNDO_SLOT, index: 0 }, currentTarget)}
          >
            {t('settings.undo.add')}
          </Button>
        </div>
      ) : (
        <div>
          <Button size="small" icon={<Undo2 size={14} />} onClick={() => builder.select(compensate.id)}>
            {t('settings.undo.show')}
          </Button>
        </div>
      )}
    </Field>
  )
}

function OnErrorSetting({ step, edit }: SettingProps) {
  const t = useTexts()
  const current = typeof step.onError === 'object' ? 'fallback' : (step.onError ?? 'fail')
  const choose = (next: string) =>
    edit(({ onError: old, ...rest }) => {
      if (next === 'fail') return rest
      if (next === 'continue') return { ...rest, onError: 'continue' }
      return { ...rest, onError: typeof old === 'object' ? old : { fallback: [] } }
    })
  return (
    <Field label={t('settings.onError')} help={t(`settings.onError.${current}.help`)}>
      <Select
        value={current}
        options={(['fail', 'continue', 'fallback'] as const).map((value) => ({
          value,
          label: t(`settings.onError.${value}`),
        }))}
        onValueChange={choose}
      />
    </Field>
  )
}
