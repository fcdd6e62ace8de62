import type { SplitStep, TryStep } from '@inlay/engine'
import { Plus, X } from 'lucide-react'
import { addVariant, removeVariant, updateVariant } from '../document/branches.js'
import { fieldError } from '../document/issues.js'
import { useForm } from '../forms/form-context.js'
import { TextModeField } from '../forms/ModeField.js'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { Field } from '../ui/Field.js'
import { Switch } from '../ui/Toggle.js'
import { CommittedInput } from './CommittedInput.js'
import panelStyles from './panels.module.css'
import { useStepEditor } from './useStepEditor.js'

/** What a `try` step does besides its steps: after a failure, and in any case. One of them has to be there. */
export function TryForm({ step }: { readonly step: TryStep }) {
  const t = useTexts()
  const edit = useStepEditor(step.id, 'try')
  const catches = step.catch !== undefined
  const ends = step.finally !== undefined
  return (
    <>
      <p className={panelStyles['note']}>{t('try.help')}</p>
      <Field label={t('try.catch')} help={t('try.catchHelp')} isGroup isLabelHidden>
        <Switch
          isOn={catches}
          disabled={catches && !ends}
          label={t('try.catch')}
          onChange={(isOn) => edit(({ catch: _old, ...rest }) => (isOn ? { ...rest, catch: [] } : rest))}
        />
      </Field>
      <Field label={t('try.finally')} help={t('try.finallyHelp')} isGroup isLabelHidden>
        <Switch
          isOn={ends}
          disabled={ends && !catches}
          label={t('try.finally')}
          onChange={(isOn) => edit(({ finally: _old, ...rest }) => (isOn ? { ...rest, finally: [] } : rest))}
        />
      </Field>
    </>
  )
}

/** The variants of a `split` step and what decides between them. */
export function SplitForm({ step }: { readonly step: SplitStep }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'split')
  return (
    <>
      <Field label={t('split.variants')} help={t('split.help')} error={fieldError(issues, '/variants')} isGroup>
        <div className={panelStyles['stack']}>
          {step.variants.map((variant, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: variants have no identity but their place
            <div key={index} className={panelStyles['inline']}>
              <CommittedInput
                value={variant.name}
                aria-label={t('split.name')}
                onCommit={(name) =>
                  name.trim() !== '' && edit((old) => updateVariant(old, index, { name: name.trim() }))
                }
              />
              <span className={panelStyles['weight']}>
                <CommittedInput
                  inputMode="decimal"
                  value={String(variant.weight)}
                  aria-label={t('split.weight', { name: variant.name })}
                  onCommit={(text) => {
                    const weight = Number(text)
                    if (Number.isFinite(weight) && weight >= 0) edit((old) => updateVariant(old, index, { weight }))
                  }}
                />
              </span>
              <IconButton
                label={t('split.remove', { name: variant.name })}
                disabled={step.variants.length <= 2}
                onClick={() => edit((old) => removeVariant(old, index))}
              >
                <X size={15} />
              </IconButton>
            </div>
          ))}
          <div>
            <Button size="small" icon={<Plus size={14} />} onClick={() => edit(addVariant)}>
              {t('split.add')}
            </Button>
          </div>
        </div>
      </Field>
      <TextModeField
        label={t('split.key')}
        help={t('split.keyHelp')}
        error={fieldError(issues, '/key')}
        isOptional
        value={step.key ?? ''}
        onChange={(key) => edit(({ key: _old, ...rest }) => (key === '' ? rest : { ...rest, key }), '/key')}
      />
    </>
  )
}
