import type { JsonValue } from '@inlay/engine'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useLocale, useTexts } from '../messages/useTexts.js'
import styles from './step-test.module.css'

/** Entries of one object or list that are drawn; the rest is said as a number. */
const MAX_ENTRIES = 100
const MAX_TEXT = 400
/** Levels that are open at first. */
const OPEN_LEVELS = 2

/** Data as names and values, level within level. */
export function ValueTree({ value, label }: { readonly value: JsonValue; readonly label: string }) {
  return (
    <section
      className={styles['data']}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      data-inlay-part="data-view"
    >
      {isBranch(value) ? <Entries value={value} level={0} /> : <Leaf value={value} />}
    </section>
  )
}

type Branch = JsonValue & object

function isBranch(value: JsonValue): value is Branch {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function Entries({ value, level }: { readonly value: Branch; readonly level: number }) {
  const t = useTexts()
  // What Object.entries gives of JSON is JSON.
  const entries = Object.entries(value) as [string, JsonValue][]
  const isList = Array.isArray(value)
  return (
    <ul className={styles['entries']} data-nested={level > 0 || undefined}>
      {entries.slice(0, MAX_ENTRIES).map(([name, child]) => (
        <Entry key={name} name={isList ? `#${Number(name) + 1}` : name} value={child} level={level} />
      ))}
      {entries.length > MAX_ENTRIES && (
        <li className={styles['more']}>{t('dataView.more', { count: entries.length - MAX_ENTRIES })}</li>
      )}
    </ul>
  )
}

interface EntryProps {
  readonly name: string
  readonly value: JsonValue
  readonly level: number
}

function Entry({ name, value, level }: EntryProps) {
  const t = useTexts()
  const [isOpen, setOpen] = useState(level < OPEN_LEVELS - 1)
  if (!isBranch(value)) {
    return (
      <li className={styles['entry']}>
        <span className={styles['name']}>{name}</span>
        <Leaf value={value} />
      </li>
    )
  }
  const count = Object.keys(value).length
  return (
    <li>
      <button type="button" className={styles['toggle']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronRight size={13} aria-hidden="true" />
        <span className={styles['name']}>{name}</span>
        <span className={styles['count']}>
          {Array.isArray(value) ? t('dataView.items', { count }) : t('dataView.fields', { count })}
        </span>
      </button>
      {isOpen && <Entries value={value} level={level + 1} />}
    </li>
  )
}

function Leaf({ value }: { readonly value: JsonValue }) {
  const t = useTexts()
  const locale = useLocale()
  if (value === null || value === '') return <span className={styles['nothing']}>{t('dataView.empty')}</span>
  if (typeof value === 'boolean')
    return <span data-kind="boolean">{t(value ? 'dataView.true' : 'dataView.false')}</span>
  if (typeof value === 'number') {
    return (
      <span data-kind="number">{value.toLocaleString(locale, { maximumFractionDigits: 20, useGrouping: false })}</span>
    )
  }
  if (typeof value === 'object')
    return (
      <span className={styles['nothing']}>{t(Array.isArray(value) ? 'dataView.noItems' : 'dataView.noFields')}</span>
    )
  const isLong = value.length > MAX_TEXT
  return (
    <span className={styles['text']} data-kind="text">
      {isLong ? `${value.slice(0, MAX_TEXT)}…` : value}
    </span>
  )
}
