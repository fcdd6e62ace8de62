import { Plus, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import {
  type Condition,
  type ConditionRow,
  EMPTY_ROW,
  OPERATORS,
  type Operator,
  readCondition,
  writeCondition,
} from '../expressions/conditions.js'
import { isTemplate, splitTemplate } from '../expressions/template.js'
import { ExpressionField } from '../forms/ExpressionField.js'
import { jsonToText } from '../forms/json-text.js'
import { ModeButton } from '../forms/ModeButton.js'
import modeStyles from '../forms/ModeField.module.css'
import { TemplateField } from '../forms/TemplateField.js'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import styles from './panels.module.css'

export interface ConditionFieldProps {
  /** An expression, with or without braces. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

/** A condition as rows of field, operator and value; or as an expression, when it says more than rows can. */
export function ConditionField({ value, onChange, error }: ConditionFieldProps) {
  const t = useTexts()
  const [condition, setCondition] = useState(() => readCondition(value))
  const [isFree, setFree] = useState(condition === undefined)
  const [isAsked, setAsked] = useState(false)
  useEffect(() => {
    // Undo, or a change from elsewhere; half-filled rows that write the same expression stay as they are.
    setCondition((shown) => (shown !== undefined && writeCondition(shown) === value ? shown : readCondition(value)))
  }, [value])
  const change = (next: Condition) => {
    setCondition(next)
    const text = writeCondition(next)
    if (text !== value) onChange(text)
  }
  const show = (asRows: boolean) => {
    setFree(!asRows)
    setAsked(!asRows)
  }
  if (!isFree && condition !== undefined) {
    return (
      <div className={styles['condition']}>
        <Field label={t('condition.label')} error={error} isGroup isLabelHidden>
          <ConditionRows condition={condition} onChange={change} />
        </Field>
        <div className={styles['conditionFoot']}>
          <Button
            size="small"
            variant="ghost"
            icon={<Plus size={14} />}
            onClick={() => change({ ...condition, rows: [...condition.rows, EMPTY_ROW] })}
          >
            {t('condition.add')}
          </Button>
          <ModeButton label={t('condition.asExpression')} isExpression={false} onClick={() => show(false)} />
        </div>
      </div>
    )
  }
  return (
    <Field label={t('condition.label')} error={error} isLabelHidden>
      <div className={modeStyles['cell']} data-toggle>
        <ExpressionField
          value={value}
          isFresh={isAsked}
          placeholder={t('condition.placeholder')}
          onChange={(next) => onChange(jsonToText(next))}
        />
        <ModeButton
          label={t(condition === undefined ? 'condition.noRows' : 'condition.asRows')}
          isExpression
          isDisabled={condition === undefined}
          onClick={() => show(true)}
        />
      </div>
    </Field>
  )
}

interface ConditionRowsProps {
  readonly condition: Condition
  readonly onChange: (condition: Condition) => void
}

function ConditionRows({ condition, onChange }: ConditionRowsProps) {
  const t = useTexts()
  const { rows, join } = condition
  const update = (index: number, row: ConditionRow) => onChange({ ...condition, rows: rows.with(index, row) })
  return rows.map((row, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
    <div key={index}>
      {index > 0 && (
        <div className={styles['joiner']}>
          <Button
            size="small"
            variant="ghost"
            onClick={() => onChange({ ...condition, join: join === 'all' ? 'any' : 'all' })}
          >
            {t(join === 'all' ? 'condition.and' : 'condition.or')}
          </Button>
        </div>
      )}
      <div className={styles['conditionRow']} data-removable={rows.length > 1 || undefined}>
        <RowFields row={row} onChange={(next) => update(index, next)} />
        {rows.length > 1 && (
          <IconButton
            label={t('condition.remove')}
            size="small"
            onClick={() => onChange({ ...condition, rows: rows.filter((_, at) => at !== index) })}
          >
            <X size={14} />
          </IconButton>
        )}
      </div>
    </div>
  ))
}

interface RowFieldsProps {
  readonly row: ConditionRow
  readonly onChange: (row: ConditionRow) => void
}

function RowFields({ row, onChange }: RowFieldsProps) {
  const t = useTexts()
  // Object.keys loses the key type that OPERATORS has.
  const operators = Object.keys(OPERATORS) as Operator[]
  return (
    <div className={styles['conditionFields']}>
      <TemplateField
        isBare
        value={row.left}
        placeholder={t('condition.field')}
        aria-label={t('condition.field')}
        onChange={(left) => onChange({ ...row, left })}
      />
      <div className={styles['conditionSecond']}>
        <Select
          aria-label={t('condition.operator')}
          value={row.operator}
          options={operators.map((value) => ({ value, label: t(`operator.${value}`) }))}
          // The options above are the only values.
          onValueChange={(value) => onChange({ ...row, operator: value as Operator })}
        />
        {OPERATORS[row.operator].needsValue && <ValueField row={row} onChange={onChange} />}
      </div>
    </div>
  )
}

/** The value of a row: what is typed is a literal; data that is picked becomes an expression. */
function ValueField({ row, onChange }: RowFieldsProps) {
  const t = useTexts()
  const shown = row.isRightData ? `{{ ${row.right} }}` : row.right
  return (
    <TemplateField
      value={shown}
      placeholder={t('condition.value')}
      aria-label={t('condition.value')}
      onChange={(text) => {
        const [only, ...more] = splitTemplate(text.trim())
        const isData = isTemplate(text) && more.length === 0 && only !== undefined && only.kind !== 'text'
        onChange(
          isData ? { ...row, right: only.source, isRightData: true } : { ...row, right: text, isRightData: false },
        )
      }}
    />
  )
}
