import type { JsonValue, ParallelStep, RespondStep, SetStep, StopStep } from '@inlay/engine'
import { Plus, X } from 'lucide-react'
import { addBranch, removeBranch, renameBranch } from '../document/branches.js'
import { fieldError } from '../document/issues.js'
import { useForm } from '../forms/form-context.js'
import { jsonToText, textToNumber } from '../forms/json-text.js'
import { JsonModeField, ModeField, TextModeField } from '../forms/ModeField.js'
import { RecordField } from '../forms/RowFields.js'
import { TemplateField } from '../forms/TemplateField.js'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { CommittedInput } from './CommittedInput.js'
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
  const join = step.join ?? 'all'
  return (
    <>
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
      <Field label={t('parallel.join')} help={join === 'any' ? t('parallel.join.any.help') : undefined}>
        <Select
          value={join}
          options={(['all', 'any'] as const).map((value) => ({ value, label: t(`parallel.join.${value}`) }))}
          onValueChange={(value) => edit((old) => ({ ...old, join: value === 'any' ? 'any' : 'all' }))}
        />
      </Field>
    </>
  )
}

/** The answer of a `respond` step. */
export function RespondForm({ step }: { readonly step: RespondStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'respond')
  const setStatus = (status: JsonValue | undefined) =>
    edit(({ status: _old, ...rest }) => (status === undefined ? rest : { ...rest, status }), '/status')
  return (
    <>
      <ModeField
        label={t('respond.status')}
        error={fieldError(issues, '/status')}
        isText
        value={step.status}
        onChange={setStatus}
      >
        <TemplateField
          value={jsonToText(step.status)}
          placeholder="200"
          onChange={(text) => setStatus(textToNumber(text))}
        />
      </ModeField>
      <JsonModeField
        label={t('respond.body')}
        help={t('respond.bodyHelp')}
        error={fieldError(issues, '/body')}
        isOptional
        value={step.body}
        onChange={(body) => edit(({ body: _old, ...rest }) => (body === undefined ? rest : { ...rest, body }), '/body')}
      />
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
      <TextModeField
        label={t('stop.message')}
        help={t('stop.messageHelp')}
        error={fieldError(issues, '/message')}
        isOptional
        value={step.message ?? ''}
        onChange={(message) =>
          edit(({ message: _old, ...rest }) => (message === '' ? rest : { ...rest, message }), '/message')
        }
      />
      <JsonModeField
        label={t('stop.output')}
        help={t('stop.outputHelp')}
        error={fieldError(issues, '/output')}
        isOptional
        value={step.output}
        onChange={(output) =>
          edit(({ output: _old, ...rest }) => (output === undefined ? rest : { ...rest, output }), '/output')
        }
      />
    </>
  )
}
