import type { ForEachStep, ParallelStep, RespondStep, SetStep, StopStep, WaitStep } from '@inlay/engine'
import { Plus, X } from 'lucide-react'
import { addBranch, removeBranch, renameBranch } from '../document/branches.js'
import { fieldError } from '../document/issues.js'
import { useForm } from '../forms/form-context.js'
import { JsonField } from '../forms/JsonField.js'
import { jsonToText, textToNumber } from '../forms/json-text.js'
import { RecordField } from '../forms/RowFields.js'
import { TemplateField } from '../forms/TemplateField.js'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { CommittedInput } from './CommittedInput.js'
import { DurationInput } from './DurationInput.js'
import styles from './panels.module.css'
import { useStepEditor } from './useStepEditor.js'

/** Names and values of a `set` step. */
export function SetForm({ step }: { readonly step: SetStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'set')
  return (
    <Field label={t('set.values')} help={t('set.help')} error={fieldError(issues, '/values')} isGroup>
      <RecordField
        keepsTypes
        value={step.values}
        addLabel={t('set.add')}
        onChange={(values) => edit((old) => ({ ...old, values: values ?? {} }), '/values')}
      />
    </Field>
  )
}

/** The branches of a `parallel` step. */
export function ParallelForm({ step }: { readonly step: ParallelStep }) {
  const t = useTexts()
  const edit = useStepEditor(step.id, 'parallel')
  const names = Object.keys(step.branches)
  return (
    <Field label={t('parallel.branches')} help={t('parallel.help')} isGroup>
      <div className={styles['stack']}>
        {names.map((name) => (
          <div key={name} className={styles['inline']}>
            <CommittedInput
              value={name}
              aria-label={t('parallel.name')}
              onCommit={(next) => edit((old) => renameBranch(old, name, next))}
            />
            <IconButton
              label={t('parallel.remove', { name })}
              disabled={names.length <= 1}
              onClick={() => edit((old) => removeBranch(old, name))}
            >
              <X size={15} />
            </IconButton>
          </div>
        ))}
        <div>
          <Button size="small" icon={<Plus size={14} />} onClick={() => edit(addBranch)}>
            {t('parallel.add')}
          </Button>
        </div>
      </div>
    </Field>
  )
}

/** The list and the ways of a `forEach` step. */
export function ForEachForm({ step }: { readonly step: ForEachStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'forEach')
  return (
    <>
      <Field label={t('forEach.items')} help={t('forEach.help')} error={fieldError(issues, '/items')}>
        {typeof step.items === 'string' ? (
          <TemplateField value={step.items} onChange={(items) => edit((old) => ({ ...old, items }), '/items')} />
        ) : (
          <JsonField
            value={step.items}
            onChange={(items) => edit((old) => ({ ...old, items: items ?? '' }), '/items')}
          />
        )}
      </Field>
      <Field
        label={t('forEach.concurrency')}
        help={t('forEach.concurrencyHelp')}
        error={fieldError(issues, '/concurrency')}
      >
        <CommittedInput
          inputMode="numeric"
          value={String(step.concurrency ?? 1)}
          onCommit={(text) => {
            const concurrency = Math.min(Math.max(Math.round(Number(text)) || 1, 1), 100)
            edit((old) => ({ ...old, concurrency }))
          }}
        />
      </Field>
      <Field label={t('forEach.onError')}>
        <Select
          value={step.onItemError ?? 'fail'}
          options={(['fail', 'skip', 'collect'] as const).map((value) => ({
            value,
            label: t(`forEach.onError.${value}`),
          }))}
          // The options above are the only values.
          onValueChange={(value) => edit((old) => ({ ...old, onItemError: value as 'fail' | 'skip' | 'collect' }))}
        />
      </Field>
    </>
  )
}

/** How long a `wait` step waits. */
export function WaitForm({ step }: { readonly step: WaitStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'wait')
  return (
    <Field label={t('wait.for')} help={t('wait.help')} error={fieldError(issues, '/for')}>
      <DurationInput value={step.for} onChange={(next) => edit((old) => ({ ...old, for: next }), '/for')} />
    </Field>
  )
}

/** The answer of a `respond` step. */
export function RespondForm({ step }: { readonly step: RespondStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'respond')
  return (
    <>
      <Field label={t('respond.status')} error={fieldError(issues, '/status')}>
        <TemplateField
          value={jsonToText(step.status)}
          placeholder="200"
          onChange={(text) => {
            const status = textToNumber(text)
            edit(({ status: _old, ...rest }) => (status === undefined ? rest : { ...rest, status }), '/status')
          }}
        />
      </Field>
      <Field label={t('respond.body')} help={t('respond.bodyHelp')} error={fieldError(issues, '/body')} isOptional>
        <JsonField
          value={step.body}
          onChange={(body) =>
            edit(({ body: _old, ...rest }) => (body === undefined ? rest : { ...rest, body }), '/body')
          }
        />
      </Field>
      <Field label={t('respond.headers')} error={fieldError(issues, '/headers')} isOptional isGroup>
        <RecordField
          value={step.headers}
          onChange={(headers) =>
            edit(({ headers: _old, ...rest }) => (headers === undefined ? rest : { ...rest, headers }), '/headers')
          }
        />
      </Field>
    </>
  )
}

/** How a `stop` step ends the run. */
export function StopForm({ step }: { readonly step: StopStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'stop')
  return (
    <>
      <Field label={t('stop.outcome')}>
        <Select
          value={step.outcome}
          options={(['succeeded', 'failed', 'cancelled'] as const).map((value) => ({
            value,
            label: t(`status.${value}`),
          }))}
          // The options above are the only values.
          onValueChange={(value) => edit((old) => ({ ...old, outcome: value as StopStep['outcome'] }))}
        />
      </Field>
      <Field label={t('stop.message')} help={t('stop.messageHelp')} error={fieldError(issues, '/message')} isOptional>
        <TemplateField
          value={step.message ?? ''}
          onChange={(message) =>
            edit(({ message: _old, ...rest }) => (message === '' ? rest : { ...rest, message }), '/message')
          }
        />
      </Field>
      <Field label={t('stop.output')} help={t('stop.outputHelp')} error={fieldError(issues, '/output')} isOptional>
        <JsonField
          value={step.output}
          onChange={(output) =>
            edit(({ output: _old, ...rest }) => (output === undefined ? rest : { ...rest, output }), '/output')
          }
        />
      </Field>
    </>
  )
}
