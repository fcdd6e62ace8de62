import type { JsonValue } from '@inlay/engine'
import { ChevronRight, Copy, Eye, Route } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { placesOfText } from '../search/folded-text.js'
import { IconButton } from '../ui/Button.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import { type DataPath, entriesOf, expressionPath, pathKey, withoutHidden } from './data-search.js'
import styles from './data-tree.module.css'
import { useCopy } from './useCopy.js'

/** Entries of one object or list that are drawn before somebody asks for more. */
const MOST_ENTRIES = 100
const MOST_TEXT = 600

/** What is open, found and shown of data. */
export interface TreeView {
  /** How expressions name the data, for example `steps.order.output`. */
  readonly root: string
  readonly words: string
  readonly current: string | undefined
  readonly isOpen: (path: DataPath) => boolean
  readonly onToggle: (path: DataPath) => void
  /** Whether the value may be seen, by its name and by what was asked for. */
  readonly isShown: (path: DataPath) => boolean
  /** Absent where hidden values stay hidden. */
  readonly onReveal: ((path: DataPath) => void) | undefined
}

export interface DataTreeProps {
  readonly value: JsonValue
  readonly view: TreeView
}

/** Data as names and values, level within level. */
export function DataTree({ value, view }: DataTreeProps) {
  return entriesOf(value).length > 0 ? (
    <Entries value={value} path={[]} view={view} />
  ) : (
    <div className={styles['single']}>
      <Row path={[]} value={value} view={view}>
        <Leaf value={value} words={view.words} />
      </Row>
    </div>
  )
}

interface PartProps extends DataTreeProps {
  readonly path: DataPath
}

function Entries({ value, path, view }: PartProps) {
  const t = useTexts()
  const [most, setMost] = useState(MOST_ENTRIES)
  const entries = entriesOf(value)
  // What was found must be reachable, however far down it is.
  const needed = entries.findLastIndex(([name]) => view.current?.startsWith(pathKey([...path, name]).slice(0, -1)))
  const shown = entries.slice(0, Math.max(most, needed + 1))
  return (
    <ul className={styles['entries']} data-nested={path.length > 0 || undefined}>
      {shown.map(([name, child]) => (
        <Entry key={name} path={[...path, name]} value={child} view={view} />
      ))}
      {entries.length > shown.length && (
        <li>
          <button type="button" className={styles['more']} onClick={() => setMost(most + MOST_ENTRIES)}>
            {t('dataTree.more', { count: Math.min(MOST_ENTRIES, entries.length - shown.length) })}
          </button>
        </li>
      )}
    </ul>
  )
}

function Entry({ path, value, view }: PartProps) {
  const t = useTexts()
  const name = path.at(-1)
  const isNamedHere = typeof name === 'string'
  const label = isNamedHere ? name : `#${Number(name) + 1}`
  const count = entriesOf(value).length
  const title = (
    <span className={styles['name']}>{isNamedHere ? <Marked text={label} words={view.words} /> : label}</span>
  )
  if (!view.isShown(path)) {
    return (
      <li>
        <Row path={path} value={value} view={view}>
          {title}
          <HiddenValue path={path} label={label} view={view} />
        </Row>
      </li>
    )
  }
  if (count === 0) {
    return (
      <li>
        <Row path={path} value={value} view={view}>
          {title}
          <Leaf value={value} words={view.words} />
        </Row>
      </li>
    )
  }
  const isOpen = view.isOpen(path)
  return (
    <li>
      <Row path={path} value={value} view={view}>
        <button type="button" className={styles['toggle']} aria-expanded={isOpen} onClick={() => view.onToggle(path)}>
          <ChevronRight size={13} aria-hidden="true" />
          {title}
          <span className={styles['count']}>
            {Array.isArray(value) ? t('dataView.items', { count }) : t('dataView.fields', { count })}
          </span>
        </button>
      </Row>
      {isOpen && <Entries value={value} path={path} view={view} />}
    </li>
  )
}

interface RowProps extends PartProps {
  readonly children: ReactNode
}

/** A line with what can be done with its value. */
function Row({ path, value, view, children }: RowProps) {
  const t = useTexts()
  const copy = useCopy()
  const row = useRef<HTMLDivElement>(null)
  const isCurrent = view.current === pathKey(path)
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const copyValue = () => {
    const plain = withoutHidden(value, view.isShown, path)
    copy(typeof plain === 'string' ? plain : JSON.stringify(plain, null, 2))
  }
  return (
    <div ref={row} className={styles['row']} data-current={isCurrent || undefined}>
      <div className={styles['content']}>{children}</div>
      <span className={styles['rowActions']}>
        <IconButton label={t('dataTree.copyValue')} size="small" onClick={copyValue}>
          <Copy size={13} />
        </IconButton>
        <IconButton label={t('dataTree.copyPath')} size="small" onClick={() => copy(expressionPath(view.root, path))}>
          <Route size={13} />
        </IconButton>
      </span>
    </div>
  )
}

interface HiddenValueProps {
  readonly path: DataPath
  readonly label: string
  readonly view: TreeView
}

function HiddenValue({ path, label, view }: HiddenValueProps) {
  const t = useTexts()
  const { onReveal } = view
  return (
    <span className={styles['hidden']} title={t('dataTree.hiddenTip')}>
      <span aria-hidden="true">••••••••</span>
      <VisuallyHidden>{t('dataTree.hidden')}</VisuallyHidden>
      {onReveal !== undefined && (
        <IconButton label={t('dataTree.reveal', { name: label })} size="small" onClick={() => onReveal(path)}>
          <Eye size={13} />
        </IconButton>
      )}
    </span>
  )
}

interface LeafProps {
  readonly value: JsonValue
  readonly words: string
}

function Leaf({ value, words }: LeafProps) {
  const t = useTexts()
  const locale = useLocale()
  const [isWhole, setWhole] = useState(false)
  if (value === null || value === '') return <span className={styles['nothing']}>{t('dataView.empty')}</span>
  if (typeof value === 'boolean') {
    return <span data-kind="boolean">{t(value ? 'dataView.true' : 'dataView.false')}</span>
  }
  if (typeof value === 'number') {
    const text = value.toLocaleString(locale, { maximumFractionDigits: 20, useGrouping: false })
    return (
      <span data-kind="number">
        <Marked text={text} words={words} />
      </span>
    )
  }
  if (typeof value === 'object') {
    return (
      <span className={styles['nothing']}>{t(Array.isArray(value) ? 'dataView.noItems' : 'dataView.noFields')}</span>
    )
  }
  const rest = value.length - MOST_TEXT
  return (
    <span className={styles['text']} data-kind="text">
      <Marked text={isWhole || rest <= 0 ? value : `${value.slice(0, MOST_TEXT)}…`} words={words} />
      {rest > 0 && !isWhole && (
        <button type="button" className={styles['more']} onClick={() => setWhole(true)}>
          {t('dataTree.more', { count: rest })}
        </button>
      )}
    </span>
  )
}

/** A text in which the words that are looked for stand out. */
function Marked({ text, words }: { readonly text: string; readonly words: string }) {
  const parts: ReactNode[] = []
  let from = 0
  for (const [start, end] of placesOfText(text, words)) {
    parts.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>)
    from = end
  }
  return parts.length === 0 ? text : [...parts, text.slice(from)]
}
