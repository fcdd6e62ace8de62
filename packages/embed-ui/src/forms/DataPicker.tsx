import { ChevronRight, Database, Repeat } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { StepIcon, TriggerIcon } from '../canvas/ConnectorIcon.js'
import { type DataGroup, type DataNode, searchGroups } from '../expressions/data-tree.js'
import { pathWords, previewValue } from '../expressions/readable.js'
import { pathSource } from '../expressions/template.js'
import { type Texts, useDirection, useTexts } from '../messages/useTexts.js'
import { chordText } from '../shortcuts/match-shortcut.js'
import { CopyButton } from '../ui/Code.js'
import { SearchInput } from '../ui/Input.js'
import { isComposing } from '../ui/is-composing.js'
import styles from './DataPicker.module.css'
import { type FieldData, useFieldData } from './data-context.js'
import { everySource } from './every-source.js'
import { bestLine, initiallyOpen, type VisibleNode, visibleNodes } from './visible-nodes.js'

/** What was picked: a place, or an expression that reads a place of every item of a list. */
export interface PickedData {
  readonly source: string
}

/** A tree of what earlier steps give, to pick one place from. Arrows move and open, Enter picks. */
export function DataPicker({ onPick }: { readonly onPick: (picked: PickedData) => void }) {
  const data = useFieldData()
  return data === undefined ? null : <PickerTree data={data} onPick={onPick} />
}

interface PickerTreeProps {
  readonly data: FieldData
  readonly onPick: (picked: PickedData) => void
}

function PickerTree({ data, onPick }: PickerTreeProps) {
  const t = useTexts()
  const id = useId()
  const tree = useTree(data)
  const list = useRef<HTMLDivElement>(null)
  const { lines, active } = tree
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    const line = lines[active]
    if (event.key === 'Enter' && line !== undefined) onPick(pickOf(line.node, event.shiftKey))
    else if (!tree.handleKey(event.key)) return
    event.preventDefault()
  }
  return (
    <div className={styles['picker']} data-inlay-part="data-picker">
      <div className={styles['search']}>
        <SearchInput
          value={tree.search}
          placeholder={t('data.search')}
          aria-label={t('data.search')}
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={`${id}-${active}`}
          onKeyDown={onKeyDown}
          onChange={(event) => tree.setSearch(event.target.value)}
        />
      </div>
      <div ref={list} id={id} role="tree" aria-label={t('data.title')} className={styles['tree']} tabIndex={-1}>
        {lines.map((line, index) => (
          <PickerLine
            key={line.key}
            line={line}
            id={`${id}-${index}`}
            index={index}
            isActive={index === active}
            data={data}
            onPick={onPick}
            onToggle={() => tree.toggle(line.key)}
          />
        ))}
        {lines.length === 0 && <p className={styles['none']}>{t('ui.noMatches')}</p>}
      </div>
    </div>
  )
}

function useTree({ groups, words }: FieldData) {
  const direction = useDirection()
  const [search, setSearch] = useState('')
  const [openKeys, setOpenKeys] = useState(() => initiallyOpen(groups))
  const [chosen, setChosen] = useState<number>()
  const lines = useMemo(() => {
    const nameOf = (group: DataGroup) => pathWords(group.root.path, words.stepNames, words.rootNames).source
    return visibleNodes(searchGroups(groups, search, nameOf), openKeys, search.trim() !== '')
  }, [groups, words, search, openKeys])
  const active = chosen ?? bestLine(lines, search)
  const toggle = (key: string) =>
    setOpenKeys((keys) => {
      const next = new Set(keys)
      if (!next.delete(key)) next.add(key)
      return next
    })
  const handleKey = (key: string): boolean => {
    const [opening, closing] = direction === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft']
    const line = lines[active]
    if (key === 'ArrowDown') setChosen(Math.min(active + 1, lines.length - 1))
    else if (key === 'ArrowUp') setChosen(Math.max(active - 1, 0))
    else if (line !== undefined && search === '' && key === (line.isOpen ? closing : opening)) toggle(line.key)
    else return false
    return true
  }
  return {
    search,
    lines,
    active,
    toggle,
    handleKey,
    setSearch: (text: string) => {
      setSearch(text)
      setChosen(undefined)
    },
  }
}

interface PickerLineProps {
  readonly line: VisibleNode
  readonly id: string
  readonly index: number
  readonly isActive: boolean
  readonly data: FieldData
  readonly onPick: (picked: PickedData) => void
  readonly onToggle: () => void
}

function PickerLine({ line, id, index, isActive, data, onPick, onToggle }: PickerLineProps) {
  const t = useTexts()
  const { node, group, level, isOpen } = line
  const isGroup = level === 0
  const title = isGroup ? pathWords(node.path, data.words.stepNames, data.words.rootNames).source : node.label
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the search field, which keeps the focus
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-selected={isActive}
      aria-level={level + 1}
      aria-expanded={node.children.length > 0 ? isOpen : undefined}
      data-index={index}
      data-group={isGroup || undefined}
      className={styles['line']}
      style={{ paddingInlineStart: 8 + Math.max(level - 1, 0) * 16 + (isGroup ? 0 : 26) }}
      onClick={() => (isGroup ? onToggle() : onPick(pickOf(node)))}
    >
      {node.children.length === 0 && isGroup && <span className={styles['toggle']} />}
      {node.children.length > 0 && (
        <button
          type="button"
          tabIndex={-1}
          className={styles['toggle']}
          data-open={isOpen || undefined}
          aria-label={isOpen ? t('data.close') : t('data.open')}
          onClick={(event) => {
            event.stopPropagation()
            onToggle()
          }}
        >
          <ChevronRight size={13} aria-hidden="true" data-mirror />
        </button>
      )}
      {isGroup && <GroupIcon group={group} data={data} />}
      <span className={styles['label']}>{title}</span>
      {isGroup ? (
        <GroupSide group={group} onPick={() => onPick(pickOf(node))} />
      ) : (
        <>
          <span className={styles['sample']}>{sampleWords(node, t)}</span>
          <LineTools node={node} onPick={onPick} />
        </>
      )}
    </div>
  )
}

/** The node's value in short, or what kind of value it is. */
function sampleWords({ sample, children, type }: DataNode, t: Texts): string {
  if (type === 'list' && Array.isArray(sample)) return t('kind.list', { count: sample.length })
  return sample === undefined || children.length > 0 || type === 'object'
    ? t(`data.type.${type}`)
    : previewValue(sample, 34)
}

/** What else can be done with a line: its field of every item of the list around it, and its path. */
function LineTools({ node, onPick }: { readonly node: DataNode; readonly onPick: (picked: PickedData) => void }) {
  const t = useTexts()
  const every = everySource(node.path)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps clicks on the buttons inside from picking the line
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons inside have their own
    <span className={styles['tools']} onClick={(event) => event.stopPropagation()}>
      {every !== undefined && (
        <button
          type="button"
          tabIndex={-1}
          className={styles['whole']}
          title={t('data.everyHelp', { keys: chordText('Shift+Enter', t) })}
          onClick={() => onPick({ source: every })}
        >
          {t('data.every')}
        </button>
      )}
      <CopyButton text={pathSource(node.path)} label={t('data.copyPath')} />
    </span>
  )
}

function pickOf({ path }: DataNode, wantsEvery = false): PickedData {
  return { source: (wantsEvery ? everySource(path) : undefined) ?? pathSource(path) }
}

function GroupIcon({ group, data }: { readonly group: DataGroup; readonly data: FieldData }) {
  if (group.kind === 'step' && group.step !== undefined) {
    return <StepIcon step={group.step} connectors={data.connectors} size={22} />
  }
  if (group.kind === 'trigger') return <TriggerIcon trigger={data.trigger} connectors={data.connectors} size={22} />
  return (
    <span className={styles['plainIcon']}>{group.kind === 'item' ? <Repeat size={13} /> : <Database size={13} />}</span>
  )
}

function GroupSide({ group, onPick }: { readonly group: DataGroup; readonly onPick: () => void }) {
  const t = useTexts()
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles['whole']}
      title={group.isReal ? t('data.real') : t('data.expected')}
      onClick={(event) => {
        event.stopPropagation()
        onPick()
      }}
    >
      {t('data.whole')}
    </button>
  )
}
