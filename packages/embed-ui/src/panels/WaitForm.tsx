import type { ApprovalWait, CallbackWait, EventWait, JsonValue, WaitStep } from '@inlay/engine'
import { fieldError } from '../document/issues.js'
import { makeStep } from '../document/new-step.js'
import { type LogicKind, logicKind } from '../document/step-types.js'
import { useForm } from '../forms/form-context.js'
import { ModeField, TextModeField } from '../forms/ModeField.js'
import { DateTimeField } from '../forms/MomentField.js'
import { ListField, RecordField } from '../forms/RowFields.js'
import { type Texts, useTexts } from '../messages/useTexts.js'
import { Field } from '../ui/Field.js'
import { Input, Select } from '../ui/Input.js'
import { DurationInput } from './DurationInput.js'
import styles from './panels.module.css'
import { type StepEditor, useStepEditor } from './useStepEditor.js'

const KINDS = ['wait', 'waitUntil', 'waitEvent', 'approval', 'callback'] as const satisfies readonly LogicKind[]
type WaitKind = (typeof KINDS)[number]

/** What a `wait` step waits for. */
export function WaitForm({ step }: { readonly step: WaitStep }) {
  const t = useTexts()
  const edit = useStepEditor(step.id, 'wait')
  return (
    <>
      <Field label={t('wait.kind')}>
        <Select
          value={logicKind(step)}
          options={KINDS.map((value) => ({ value, label: t(`wait.kind.${value}`) }))}
          onValueChange={(value) => {
            const kind = KINDS.find((each) => each === value)
            if (kind !== undefined) edit((old) => changeKind(old, kind))
          }}
        />
      </Field>
      <WaitFields step={step} edit={edit} />
    </>
  )
}

/** The step waiting for something else; what every step may carry stays, and so do steps that tell people. */
function changeKind(step: WaitStep, kind: WaitKind): WaitStep {
  const { for: _for, until: _until, event: _event, approval: _approval, callback: _callback, steps, ...rest } = step
  const asks = kind === 'approval' || kind === 'callback'
  const fresh = makeStep({ type: 'logic', kind }, step.id)
  return fresh.type === 'wait' ? { ...rest, ...fresh, ...(asks && steps !== undefined ? { steps } : {}) } : step
}

interface WaitFieldsProps {
  readonly step: WaitStep
  readonly edit: StepEditor<'wait'>
}

function WaitFields({ step, edit }: WaitFieldsProps) {
  const t = useTexts()
  const { issues } = useForm()
  if (step.approval !== undefined) return <ApprovalFields approval={step.approval} edit={edit} />
  if (step.event !== undefined) return <EventFields event={step.event} edit={edit} />
  if (step.callback !== undefined) return <CallbackFields callback={step.callback} edit={edit} />
  if (step.until !== undefined) {
    return (
      <UntilField
        value={step.until}
        error={fieldError(issues, '/until')}
        onChange={(until) => edit((old) => ({ ...old, until: until ?? '' }), '/until')}
      />
    )
  }
  return (
    <Field label={t('wait.for')} help={t('wait.help')} error={fieldError(issues, '/for')}>
      <DurationInput value={step.for ?? ''} onChange={(next) => edit((old) => ({ ...old, for: next }), '/for')} />
    </Field>
  )
}

interface UntilFieldProps {
  readonly value: JsonValue
  readonly error: string | undefined
  readonly onChange: (until: JsonValue | undefined) => void
}

/** A moment that is picked, or worked out when the run comes here. */
function UntilField(props: UntilFieldProps) {
  const t = useTexts()
  const label = t('wait.until')
  return (
    <ModeField {...props} label={label} help={t('wait.untilHelp')} isText={false}>
      <DateTimeField label={label} allowsDay={false} value={props.value} onChange={props.onChange} />
    </ModeField>
  )
}

function EventFields({ event, edit }: { readonly event: EventWait; readonly edit: StepEditor<'wait'> }) {
  const t = useTexts()
  const { issues } = useForm()
  const change = (next: EventWait, field: string) => edit((old) => ({ ...old, event: next }), `/event/${field}`)
  return (
    <>
      <Field label={t('wait.event')} help={t('wait.eventHelp')} error={fieldError(issues, '/event/name')}>
        <Input value={event.name} onChange={({ target }) => change({ ...event, name: target.value }, 'name')} />
      </Field>
      <Field
        label={t('wait.match')}
        help={t('wait.matchHelp')}
        error={fieldError(issues, '/event/match')}
        isOptional
        isGroup
      >
        <RecordField
          keepsTypes
          value={event.match}
          onChange={(match) => {
            const { match: _old, ...rest } = event
            change(match === undefined || Object.keys(match).length === 0 ? rest : { ...rest, match }, 'match')
          }}
        />
      </Field>
      <Deadline
        value={event.timeout}
        field="/event/timeout"
        onChange={(timeout) => change(withDeadline(event, timeout), 'timeout')}
      />
      {event.timeout !== undefined && (
        <OnTimeout
          value={event.onTimeout ?? 'continue'}
          choices={['continue', 'fail']}
          onChange={(onTimeout) => change({ ...event, onTimeout }, 'onTimeout')}
        />
      )}
    </>
  )
}

function ApprovalFields({ approval, edit }: { readonly approval: ApprovalWait; readonly edit: StepEditor<'wait'> }) {
  const t = useTexts()
  const { issues } = useForm()
  const change = (next: ApprovalWait, field: string) =>
    edit((old) => ({ ...old, approval: next }), `/approval/${field}`)
  const setAssignees = (assignees: JsonValue | undefined) => {
    const { assignees: _old, ...rest } = approval
    const isEmpty = assignees === undefined || (Array.isArray(assignees) && assignees.length === 0)
    change(isEmpty ? rest : { ...rest, assignees }, 'assignees')
  }
  return (
    <>
      <TextModeField
        label={t('approval.title')}
        error={fieldError(issues, '/approval/title')}
        value={approval.title}
        onChange={(title) => change({ ...approval, title }, 'title')}
      />
      <TextModeField
        label={t('approval.message')}
        error={fieldError(issues, '/approval/message')}
        isOptional
        isMultiline
        value={approval.message ?? ''}
        onChange={(message) => {
          const { message: _old, ...rest } = approval
          change(message === '' ? rest : { ...rest, message }, 'message')
        }}
      />
      <ModeField
        label={t('approval.assignees')}
        help={t('approval.assigneesHelp')}
        error={fieldError(issues, '/approval/assignees')}
        isOptional
        isGroup
        isText={false}
        value={approval.assignees}
        onChange={setAssignees}
      >
        <ListField itemSchema={{ type: 'string' }} value={approval.assignees} onChange={setAssignees} />
      </ModeField>
      <Deadline
        value={approval.timeout}
        field="/approval/timeout"
        onChange={(timeout) => change(withDeadline(approval, timeout), 'timeout')}
      />
      {approval.timeout !== undefined && (
        <OnTimeout
          value={approval.onTimeout ?? 'reject'}
          choices={['reject', 'approve', 'fail']}
          onChange={(onTimeout) => change({ ...approval, onTimeout }, 'onTimeout')}
        />
      )}
      <p className={styles['note']}>{t('approval.help')}</p>
    </>
  )
}

function CallbackFields({ callback, edit }: { readonly callback: CallbackWait; readonly edit: StepEditor<'wait'> }) {
  const t = useTexts()
  const change = (next: CallbackWait, field: string) =>
    edit((old) => ({ ...old, callback: next }), `/callback/${field}`)
  return (
    <>
      <Deadline
        isRequired
        value={callback.timeout}
        field="/callback/timeout"
        onChange={(timeout) => change({ ...callback, timeout: timeout ?? '' }, 'timeout')}
      />
      <OnTimeout
        value={callback.onTimeout ?? 'fail'}
        choices={['fail', 'continue']}
        onChange={(onTimeout) => change({ ...callback, onTimeout }, 'onTimeout')}
      />
      <p className={styles['note']}>{t('callback.help')}</p>
    </>
  )
}

/** Without a deadline there is nothing to do when it is over. */
function withDeadline<T extends { readonly timeout?: string; readonly onTimeout?: unknown }>(
  wait: T,
  timeout: string | undefined,
): T {
  const { timeout: _timeout, onTimeout: _onTimeout, ...rest } = wait
  // Both fields that were taken away are optional in every wait that this is called for.
  return timeout === undefined ? (rest as unknown as T) : { ...wait, timeout }
}

interface DeadlineProps {
  readonly value: string | undefined
  readonly field: string
  readonly isRequired?: boolean
  readonly onChange: (timeout: string | undefined) => void
}

function Deadline({ value, field, isRequired = false, onChange }: DeadlineProps) {
  const t = useTexts()
  const { issues } = useForm()
  return (
    <Field label={t('wait.timeout')} error={fieldError(issues, field)} isOptional={!isRequired}>
      <DurationInput value={value ?? ''} onChange={(next) => onChange(next === '' ? undefined : next)} />
    </Field>
  )
}

interface OnTimeoutProps<Choice extends 'continue' | 'fail' | 'approve' | 'reject'> {
  readonly value: Choice
  readonly choices: readonly Choice[]
  readonly onChange: (choice: Choice) => void
}

function OnTimeout<Choice extends 'continue' | 'fail' | 'approve' | 'reject'>(props: OnTimeoutProps<Choice>) {
  const t: Texts = useTexts()
  const { value, choices, onChange } = props
  return (
    <Field label={t('wait.onTimeout')}>
      <Select
        value={value}
        options={choices.map((choice) => ({ value: choice, label: t(`wait.onTimeout.${choice}`) }))}
        onValueChange={(next) => {
          const choice = choices.find((each) => each === next)
          if (choice !== undefined) onChange(choice)
        }}
      />
    </Field>
  )
}
