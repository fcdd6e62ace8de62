import type { JsonObject, JsonValue } from '@inlay/engine'
import { Plus, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { JsonSchema } from '../data/api-types.js'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { Input } from '../ui/Input.js'
import { jsonToText, textToJson } from './json-text.js'
import { moved, RowMoves } from './RowMoves.js'
import styles from './SchemaForm.module.css'
import { TemplateField } from './TemplateField.js'

interface Row {
  readonly key: number
  readonly name: string
  readonly text: string
}

export interface RecordFieldProps {
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonObject | undefined) => void
  /** @default the general words for names and values */
  readonly addLabel?: string
  /** Values that look like JSON become data. @default false: they stay texts */
  readonly keepsTypes?: boolean
}

/** Names and values. Rows without a name are kept while they are filled in, but not stored. */
export function RecordField({ value, onChange, addLabel, keepsTypes = false }: RecordFieldProps) {
  const t = useTexts()
  const { rows, setRows } = useRows(value, onChange, keepsTypes)
  const update = (key: number, change: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...change } : row)))
  const add = () => setRows([...rows, { key: Math.max(0, ...rows.map(({ key }) => key)) + 1, name: '', text: '' }])
  return (
    <div className={styles['rows']}>
      {rows.map(({ key, name, text }) => (
        <div key={key} className={styles['row']}>
          <Input
            value={name}
            placeholder={t('form.name')}
            aria-label={t('form.name')}
            onChange={(event) => update(key, { name: event.target.value })}
          />
          <TemplateField
            value={text}
            placeholder={t('form.value')}
            aria-label={t('form.valueOf', { name })}
            onChange={(next) => update(key, { text: next })}
          />
          <IconButton
            label={t('form.remove')}
            size="small"
            onClick={() => setRows(rows.filter((row) => row.key !== key))}
          >
            <X size={14} />
          </IconButton>
        </div>
      ))}
      <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={add}>
        {addLabel ?? t('form.addRow')}
      </Button>
    </div>
  )
}

function useRows(value: JsonValue | undefined, onChange: (value: JsonObject | undefined) => void, keepsTypes: boolean) {
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(value))
  const written = useRef(JSON.stringify(value ?? {}))
  useEffect(() => {
    const now = JSON.stringify(value ?? {})
    if (now === written.current) return
    written.current = now
    setRows(rowsOf(value))
  }, [value])
  return {
    rows,
    setRows: (next: readonly Row[]) => {
      setRows(next)
      const object = objectOf(next, keepsTypes)
      const text = JSON.stringify(object)
      if (text === written.current) return
      written.current = text
      onChange(Object.keys(object).length === 0 && !keepsTypes ? undefined : object)
    },
  }
}

function rowsOf(value: JsonValue | undefined): readonly Row[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).map(([name, each], key) => ({ key, name, text: jsonToText(each) }))
}

function objectOf(rows: readonly Row[], keepsTypes: boolean): JsonObject {
  const named = rows.filter(({ name }) => name.trim() !== '')
  return Object.fromEntries(
    named.map(({ name, text }) => [name.trim(), keepsTypes ? (textToJson(text).value ?? '') : text]),
  )
}

export interface ListFieldProps {
  readonly itemSchema: JsonSchema
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
}

/** A list of values, one per line; or one expression that gives the whole list. */
export function ListField({ itemSchema, value, onChange }: ListFieldProps) {
  const t = useTexts()
  if (typeof value === 'string') {
    return <TemplateField value={value} onChange={(text) => onChange(text === '' ? undefined : text)} />
  }
  const items = Array.isArray(value) ? (value as readonly JsonValue[]) : []
  const isText = itemSchema['type'] === 'string'
  const read = (text: string): JsonValue => (isText ? text : (textToJson(text).value ?? ''))
  return (
    <div className={styles['rows']}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items are values without identity
        <div key={index} className={styles['row']} data-single data-moves={items.length > 1 || undefined}>
          <TemplateField
            value={jsonToText(item)}
            aria-label={t('form.item', { number: index + 1 })}
            onChange={(text) => onChange(items.map((each, at) => (at === index ? read(text) : each)))}
          />
          <RowMoves index={index} count={items.length} onMove={(to) => onChange(moved(items, index, to))} />
          <IconButton
            label={t('form.removeItem', { number: index + 1 })}
            size="small"
            onClick={() => onChange(items.filter((_, at) => at !== index))}
          >
            <X size={14} />
          </IconButton>
        </div>
      ))}
      <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={() => onChange([...items, ''])}>
        {t('form.addItem')}
      </Button>
    </div>
  )
}

export interface ItemRowsProps {
  readonly items: readonly JsonValue[]
  /** Items are forms of their own. */
  readonly isWide: boolean
  /** What a new item is. */
  readonly fresh: JsonValue
  readonly onChange: (items: readonly JsonValue[] | undefined) => void
  readonly children: (item: JsonValue, index: number) => ReactNode
}

/** A list whose items have controls of their own. */
export function ItemRows({ items, isWide, fresh, onChange, children }: ItemRowsProps) {
  const t = useTexts()
  const remove = (index: number) => {
    const rest = items.filter((_, at) => at !== index)
    onChange(rest.length === 0 ? undefined : rest)
  }
  return (
    <div className={styles['rows']}>
      {items.map((item, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: items are values without identity
          key={index}
          className={styles['row']}
          data-single
          data-wide={isWide || undefined}
          data-moves={items.length > 1 || undefined}
        >
          <div>{children(item, index)}</div>
          <RowMoves index={index} count={items.length} onMove={(to) => onChange(moved(items, index, to))} />
          <IconButton label={t('form.removeItem', { number: index + 1 })} size="small" onClick={() => remove(index)}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
      <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={() => onChange([...items, fresh])}>
        {t('form.addItem')}
      </Button>
    </div>
  )
}
