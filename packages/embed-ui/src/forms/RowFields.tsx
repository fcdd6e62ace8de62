import type { JsonObject, JsonValue } from '@inlay/engine'
import { Plus, X } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import type { JsonSchema } from '../data/api-types.js'
import { isStoredFile } from '../files/stored-file.js'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { classNames } from '../ui/class-names.js'
import { Input } from '../ui/Input.js'
import { jsonToText, textToJson } from './json-text.js'
import { ModeCell } from './ModeField.js'
import modeStyles from './ModeField.module.css'
import { moved, RowMoves } from './RowMoves.js'
import styles from './SchemaForm.module.css'
import { TemplateField } from './TemplateField.js'
import { useFieldMode } from './useFieldMode.js'
import { useRowKeys } from './useRowKeys.js'

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
  const addButton = useRef<HTMLButtonElement>(null)
  const add = () => setRows([...rows, { key: Math.max(0, ...rows.map(({ key }) => key)) + 1, name: '', text: '' }])
  const remove = (key: number) => {
    keepFocus(addButton)
    setRows(rows.filter((row) => row.key !== key))
  }
  return (
    <div className={styles['rows']}>
      {rows.map((row) => (
        <RecordRow
          key={row.key}
          row={row}
          keepsTypes={keepsTypes}
          onChange={(change) => update(row.key, change)}
          onRemove={() => remove(row.key)}
        />
      ))}
      <Button ref={addButton} size="small" variant="ghost" icon={<Plus size={14} />} onClick={add}>
        {addLabel ?? t('form.addRow')}
      </Button>
    </div>
  )
}

interface RecordRowProps {
  readonly row: Row
  readonly keepsTypes: boolean
  readonly onChange: (change: Partial<Row>) => void
  readonly onRemove: () => void
}

function RecordRow({ row: { name, text }, keepsTypes, onChange, onRemove }: RecordRowProps) {
  const t = useTexts()
  const value = keepsTypes ? textToJson(text).value : text
  const change = (next: JsonValue | undefined) => onChange({ text: jsonToText(next) })
  const label = name.trim() === '' ? t('form.value') : t('form.valueOf', { name })
  const state = useFieldMode({ name: label, value, isText: true, onChange: change })
  return (
    <div
      className={classNames(styles['row'], modeStyles['named'])}
      data-expression={state.mode === 'expression' || undefined}
    >
      <Input
        value={name}
        placeholder={t('form.name')}
        aria-label={t('form.name')}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <ModeCell name={label} state={state} value={value} onChange={change}>
        <TemplateField
          value={text}
          placeholder={t('form.value')}
          aria-label={label}
          onChange={(next) => onChange({ text: next })}
        />
      </ModeCell>
      <IconButton label={t('form.remove')} size="small" onClick={onRemove}>
        <X size={14} />
      </IconButton>
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
    <ItemRows items={items} isWide={false} isText fresh="" isEmptyKept onChange={onChange}>
      {({ item, index, set }) => (
        <TemplateField
          value={jsonToText(item)}
          aria-label={t('form.item', { number: index + 1 })}
          onChange={(text) => set(read(text))}
        />
      )}
    </ItemRows>
  )
}

/** The button that removes a row goes with it, and would take the focus with it: it stays at the end of the rows. */
function keepFocus(end: RefObject<HTMLButtonElement | null>): void {
  end.current?.focus()
}

/** One item of a list, as its control is drawn. */
export interface RowItem {
  readonly item: JsonValue
  readonly index: number
  readonly set: (item: JsonValue | undefined) => void
}

export interface ItemRowsProps {
  readonly items: readonly JsonValue[]
  /** Items are forms of their own. */
  readonly isWide: boolean
  /** Items are texts, which may have data between words. */
  readonly isText: boolean
  /** What a new item is. */
  readonly fresh: JsonValue
  /** Whether a list without items stays one. @default false: it becomes undefined */
  readonly isEmptyKept?: boolean
  readonly onChange: (items: readonly JsonValue[] | undefined) => void
  readonly children: (row: RowItem) => ReactNode
}

/** A list whose items have controls of their own, and may each be an expression. */
export function ItemRows({ items, fresh, isEmptyKept = false, onChange, ...row }: ItemRowsProps) {
  const t = useTexts()
  const { keys, move, remove } = useRowKeys(items.length)
  const addButton = useRef<HTMLButtonElement>(null)
  const removeItem = (index: number) => {
    keepFocus(addButton)
    remove(index)
    const rest = items.filter((_, at) => at !== index)
    onChange(rest.length === 0 && !isEmptyKept ? undefined : rest)
  }
  const moveItem = (index: number, to: number) => {
    move(index, to)
    onChange(moved(items, index, to))
  }
  return (
    <div className={styles['rows']}>
      {items.map((item, index) => (
        <ItemRow
          key={keys[index]}
          {...row}
          {...{ item, index }}
          count={items.length}
          set={(next) => onChange(items.with(index, next ?? fresh))}
          onMove={(to) => moveItem(index, to)}
          onRemove={() => removeItem(index)}
        />
      ))}
      <Button
        ref={addButton}
        size="small"
        variant="ghost"
        icon={<Plus size={14} />}
        onClick={() => onChange([...items, fresh])}
      >
        {t('form.addItem')}
      </Button>
    </div>
  )
}

interface ItemRowProps extends RowItem, Pick<ItemRowsProps, 'isWide' | 'isText' | 'children'> {
  readonly count: number
  readonly onMove: (to: number) => void
  readonly onRemove: () => void
}

function ItemRow({ item, index, count, set, isWide, isText, children, onMove, onRemove }: ItemRowProps) {
  const t = useTexts()
  const name = t('form.item', { number: index + 1 })
  const state = useFieldMode({ name, value: item, isText, onChange: set })
  return (
    <div className={styles['row']} data-single data-wide={isWide || undefined} data-moves={count > 1 || undefined}>
      <ModeCell name={name} state={state} value={item} onChange={set}>
        {children({ item, index, set })}
      </ModeCell>
      <RowMoves index={index} count={count} onMove={onMove} />
      <IconButton
        label={isStoredFile(item) ? t('file.remove', { name: item.name }) : t('form.removeItem', { number: index + 1 })}
        size="small"
        onClick={onRemove}
      >
        <X size={14} />
      </IconButton>
    </div>
  )
}
