import type { BranchStep } from '@inlay/engine'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { addCase, moveCase, removeCase, updateCase } from '../document/branches.js'
import { fieldError } from '../document/issues.js'
import { useForm } from '../forms/form-context.js'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { ConditionField } from './ConditionField.js'
import styles from './panels.module.css'
import { useStepEditor } from './useStepEditor.js'

/** The cases of a `branch` step, in the order in which they are tried. */
export function BranchForm({ step }: { readonly step: BranchStep }) {
  const t = useTexts()
  const edit = useStepEditor(step.id, 'branch')
  return (
    <>
      <p className={styles['note']}>{t('branch.help')}</p>
      {step.cases.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cases have no identity but their place
        <CaseEditor key={index} step={step} index={index} />
      ))}
      <div>
        <Button size="small" icon={<Plus size={14} />} onClick={() => edit(addCase)}>
          {t('branch.add')}
        </Button>
      </div>
    </>
  )
}

function CaseEditor({ step, index }: { readonly step: BranchStep; readonly index: number }) {
  const t = useTexts()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'branch')
  const branchCase = step.cases[index]
  if (branchCase === undefined) return null
  const placeholder = t('branch.case', { number: index + 1 })
  return (
    <section className={styles['case']}>
      <div className={styles['caseHead']}>
        <span className={styles['caseTitle']}>
          <input
            dir="auto"
            value={branchCase.name ?? ''}
            placeholder={placeholder}
            aria-label={t('branch.name', { name: placeholder })}
            onChange={(event) =>
              edit((old) => updateCase(old, index, { name: event.target.value }), `/cases/${index}/name`)
            }
          />
        </span>
        {step.cases.length > 1 && <CaseButtons step={step} index={index} />}
      </div>
      <ConditionField
        value={branchCase.if}
        error={fieldError(issues, `/cases/${index}/if`)}
        onChange={(next) => edit((old) => updateCase(old, index, { if: next }), `/cases/${index}/if`)}
      />
    </section>
  )
}

function CaseButtons({ step, index }: { readonly step: BranchStep; readonly index: number }) {
  const t = useTexts()
  const edit = useStepEditor(step.id, 'branch')
  return (
    <>
      <IconButton
        label={t('branch.moveUp')}
        size="small"
        disabled={index === 0}
        onClick={() => edit((old) => moveCase(old, index, -1))}
      >
        <ArrowUp size={14} />
      </IconButton>
      <IconButton
        label={t('branch.moveDown')}
        size="small"
        disabled={index === step.cases.length - 1}
        onClick={() => edit((old) => moveCase(old, index, 1))}
      >
        <ArrowDown size={14} />
      </IconButton>
      <IconButton label={t('branch.remove')} size="small" onClick={() => edit((old) => removeCase(old, index))}>
        <X size={14} />
      </IconButton>
    </>
  )
}
