import type { CallStep, CodeStep, PublishStep } from '@inlay/engine'
import { fieldError } from '../document/issues.js'
import { useForm } from '../forms/form-context.js'
import { JsonModeField } from '../forms/ModeField.js'
import { ProgramField } from '../forms/ProgramField.js'
import { RecordField } from '../forms/RowFields.js'
import { useEditor } from '../hooks/useEditor.js'
import { useOtherWorkflows } from '../hooks/useOtherWorkflows.js'
import { useTexts } from '../messages/useTexts.js'
import { Field } from '../ui/Field.js'
import { Input, Select } from '../ui/Input.js'
import { Switch } from '../ui/Toggle.js'
import { useStepEditor } from './useStepEditor.js'

/** Which workflow a `call` step runs, with what, and whether it waits for it. */
export function CallForm({ step }: { readonly step: CallStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'call')
  const others = useOtherWorkflows(true)
  const options = (others.data ?? []).map(({ id, name, publishedVersion }) => ({
    value: id,
    label: publishedVersion === null ? t('call.unpublished', { name }) : name,
  }))
  const isKnown =
    step.workflow === '' || others.data === undefined || options.some(({ value }) => value === step.workflow)
  return (
    <>
      <Field
        label={t('call.workflow')}
        help={others.data?.length === 0 ? t('call.none') : undefined}
        error={fieldError(issues, '/workflow')}
      >
        <Select
          value={step.workflow}
          placeholder={t('call.choose')}
          options={isKnown ? options : [...options, { value: step.workflow, label: step.workflow }]}
          onValueChange={(workflow) => edit((old) => ({ ...old, workflow }))}
        />
      </Field>
      <JsonModeField
        label={t('call.input')}
        help={t('call.inputHelp')}
        error={fieldError(issues, '/input')}
        isOptional
        value={step.input}
        onChange={(input) =>
          edit(({ input: _old, ...rest }) => (input === undefined ? rest : { ...rest, input }), '/input')
        }
      />
      <Field label={t('call.wait')} help={t('call.waitHelp')} isGroup isLabelHidden>
        <Switch
          isOn={step.wait !== false}
          label={t('call.wait')}
          onChange={(isOn) => edit(({ wait: _old, ...rest }) => (isOn ? rest : { ...rest, wait: false }))}
        />
      </Field>
    </>
  )
}

/** The program of a `code` step and what it may use. */
export function CodeForm({ step }: { readonly step: CodeStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const { isReadOnly } = useEditor()
  const edit = useStepEditor(step.id, 'code')
  return (
    <>
      <Field label={t('code.input')} help={t('code.inputHelp')} error={fieldError(issues, '/input')} isOptional isGroup>
        <RecordField
          keepsTypes
          value={step.input}
          addLabel={t('set.add')}
          onChange={(input) => edit((old) => ({ ...old, input: input ?? {} }), '/input')}
        />
      </Field>
      <Field label={t('code.source')} help={t('code.help')} error={fieldError(issues, '/source')}>
        <ProgramField
          value={step.source}
          label={t('code.source')}
          isReadOnly={isReadOnly}
          inputNames={Object.keys(step.input ?? {})}
          onChange={(source) => edit((old) => ({ ...old, source }), '/source')}
        />
      </Field>
    </>
  )
}

/** The event that a `publish` step sends. */
export function PublishForm({ step }: { readonly step: PublishStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'publish')
  return (
    <>
      <Field label={t('publish.event')} help={t('publish.eventHelp')} error={fieldError(issues, '/event')}>
        <Input
          value={step.event}
          onChange={(event) => edit((old) => ({ ...old, event: event.target.value }), '/event')}
        />
      </Field>
      <JsonModeField
        label={t('publish.payload')}
        error={fieldError(issues, '/payload')}
        isOptional
        value={step.payload}
        onChange={(payload) =>
          edit(({ payload: _old, ...rest }) => (payload === undefined ? rest : { ...rest, payload }), '/payload')
        }
      />
    </>
  )
}
