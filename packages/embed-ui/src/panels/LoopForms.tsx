import type { ForEachStep, JsonValue, WhileStep } from '@inlay/engine'
import { fieldError } from '../document/issues.js'
import { useForm } from '../forms/form-context.js'
import { JsonField } from '../forms/JsonField.js'
import { ModeField } from '../forms/ModeField.js'
import { ListField } from '../forms/RowFields.js'
import { useTexts } from '../messages/useTexts.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { CommittedInput } from './CommittedInput.js'
import { ConditionField } from './ConditionField.js'
import { useStepEditor } from './useStepEditor.js'

const MAX_ROUNDS = 10_000

/** The list and the ways of a `forEach` step. */
export function ForEachForm({ step }: { readonly step: ForEachStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'forEach')
  const setItems = (items: JsonValue | undefined) => edit((old) => ({ ...old, items: items ?? '' }), '/items')
  // Lists of objects and of lists are typed as JSON.
  const hasPlainItems =
    step.items === '' || (Array.isArray(step.items) && step.items.every((item) => typeof item !== 'object'))
  return (
    <>
      <ModeField
        label={t('forEach.items')}
        help={t('forEach.help')}
        error={fieldError(issues, '/items')}
        isGroup={hasPlainItems}
        isText={false}
        emptyMode="expression"
        value={step.items}
        onChange={setItems}
      >
        {hasPlainItems ? (
          <ListField itemSchema={{}} value={step.items === '' ? [] : step.items} onChange={setItems} />
        ) : (
          <JsonField value={step.items} onChange={setItems} />
        )}
      </ModeField>
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

/** The condition of a `while` step and how often it repeats at most. */
export function WhileForm({ step }: { readonly step: WhileStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'while')
  return (
    <>
      <Field label={t('while.condition')} help={t('while.help')} isGroup>
        <ConditionField
          value={step.condition}
          error={fieldError(issues, '/condition')}
          onChange={(condition) => edit((old) => ({ ...old, condition }), '/condition')}
        />
      </Field>
      <Field label={t('while.max')} help={t('while.maxHelp')} error={fieldError(issues, '/max')}>
        <CommittedInput
          inputMode="numeric"
          value={String(step.max)}
          onCommit={(text) => {
            const max = Math.min(Math.max(Math.round(Number(text)) || 1, 1), MAX_ROUNDS)
            edit((old) => ({ ...old, max }))
          }}
        />
      </Field>
    </>
  )
}
