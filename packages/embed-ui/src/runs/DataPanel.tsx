import type { JsonValue } from '@inlay/engine'
import { ChevronDown, ChevronUp, Copy } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { SearchInput } from '../ui/Input.js'
import { isComposing } from '../ui/is-composing.js'
import { DataTree, type TreeView } from './DataTree.js'
import { type DataPath, findInData, isHiddenByName, pathKey, pathsAround, withoutHidden } from './data-search.js'
import styles from './data-tree.module.css'
import { useCopy } from './useCopy.js'

export interface DataPanelProps {
  readonly value: JsonValue
  /** What it is, for screen readers. */
  readonly label: string
  /** How expressions name the data, for example `steps.order.output`. */
  readonly root: string
}

/** Data of a run that can be searched and copied. What looks like a secret is hidden. */
export function DataPanel({ value, label, root }: DataPanelProps) {
  const t = useTexts()
  const copy = useCopy()
  const hidden = useHidden()
  const search = useSearch(value, hidden.isShown)
  const { words, current } = search
  const open = useOpenParts(search.found)
  const view: TreeView = {
    root,
    words,
    current: current && pathKey(current),
    isOpen: open.isOpen,
    onToggle: open.toggle,
    ...hidden,
  }
  return (
    <section className={styles['panel']} aria-label={label} data-inlay-part="run-data">
      <div className={styles['bar']}>
        <DataSearch {...search} />
        <IconButton
          label={t('dataTree.copyAll')}
          size="small"
          onClick={() => copy(JSON.stringify(withoutHidden(value, hidden.isShown), null, 2))}
        >
          <Copy size={14} />
        </IconButton>
      </div>
      <DataTree value={value} view={view} />
    </section>
  )
}

/** What is looked for in the data, and at which of the places found somebody is. */
function useSearch(value: JsonValue, isShown: TreeView['isShown']) {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const found = useMemo(() => findInData(value, words, isShown), [value, words, isShown])
  const index = found.length === 0 ? 0 : ((at % found.length) + found.length) % found.length
  return {
    words,
    found,
    index,
    current: found[index],
    search: (next: string) => {
      setWords(next)
      setAt(0)
    },
    move: (by: 1 | -1) => setAt(index + by),
  }
}

function DataSearch({ words, found, index, search, move }: ReturnType<typeof useSearch>) {
  const t = useTexts()
  const isFound = found.length > 0
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || isComposing(event)) return
    event.preventDefault()
    move(event.shiftKey ? -1 : 1)
  }
  return (
    <>
      <SearchInput
        aria-label={t('dataTree.search')}
        placeholder={t('dataTree.search')}
        value={words}
        onKeyDown={onKeyDown}
        onChange={(event) => search(event.target.value)}
      />
      <span className={styles['found']} role="status">
        {words.trim() !== '' &&
          (isFound ? t('dataTree.found', { number: index + 1, count: found.length }) : t('dataTree.foundNone'))}
      </span>
      {isFound && (
        <>
          <IconButton label={t('dataTree.previous')} size="small" onClick={() => move(-1)}>
            <ChevronUp size={15} />
          </IconButton>
          <IconButton label={t('dataTree.next')} size="small" onClick={() => move(1)}>
            <ChevronDown size={15} />
          </IconButton>
        </>
      )}
    </>
  )
}

/** Which values are hidden. Those who may change the workflow could have it show them anyhow: they may look. */
function useHidden(): Pick<TreeView, 'isShown' | 'onReveal'> {
  const { can } = useEditor()
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set())
  const mayReveal = can('workflows:write')
  return useMemo(
    () => ({
      isShown: (path) =>
        !isHiddenByName(path) || path.some((_, depth) => revealed.has(pathKey(path.slice(0, depth + 1)))),
      onReveal: mayReveal ? (path: DataPath) => setRevealed((old) => new Set([...old, pathKey(path)])) : undefined,
    }),
    [revealed, mayReveal],
  )
}

/** What is open: the first level, what somebody opened, and what is around what was found. */
function useOpenParts(found: readonly DataPath[]) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map())
  const around = useMemo(() => pathsAround(found), [found])
  const isOpen = (path: DataPath) => around.has(pathKey(path)) || (toggled.get(pathKey(path)) ?? path.length < 2)
  return {
    isOpen,
    toggle: (path: DataPath) => setToggled((old) => new Map([...old, [pathKey(path), !isOpen(path)]])),
  }
}
