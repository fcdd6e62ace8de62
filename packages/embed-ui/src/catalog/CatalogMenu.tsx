import type { ConnectorCategory } from '@inlay/engine'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import { holdsBack } from '../data/guardrails.js'
import type { LogicKind } from '../document/step-types.js'
import { connectorQuery } from '../hooks/useConnectors.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { SearchInput, Select } from '../ui/Input.js'
import { isComposing } from '../ui/is-composing.js'
import { Spinner } from '../ui/Spinner.js'
import styles from './CatalogMenu.module.css'
import { CatalogRowView } from './CatalogRowView.js'
import { CONNECTOR_CATEGORIES } from './categories.js'
import { type AppLook, type CatalogRow, type MemberKind, memberRows, rootRows } from './rows.js'
import { useCatalog } from './useCatalog.js'

/** What was chosen: an app's action or trigger, or a step that steers the run. */
export type CatalogChoice =
  | { readonly type: 'member'; readonly connector: string; readonly member: string }
  | { readonly type: 'logic'; readonly kind: LogicKind }

export interface CatalogMenuProps {
  readonly kind: MemberKind
  readonly title: string
  readonly onChoose: (choice: CatalogChoice) => void
}

/** Where a person is in the menu. */
type Level = { readonly view: 'root' } | { readonly view: 'apps' } | { readonly view: 'app'; readonly app: AppLook }

/** Apps with their actions or triggers, loaded as they are looked at; found by words, by category and with the keyboard alone. */
export function CatalogMenu({ kind, title, onChoose }: CatalogMenuProps) {
  const t = useTexts()
  const [level, setLevel] = useState<Level>({ view: 'root' })
  const [search, setSearch] = useState('')
  const [category, setCategory] = useState<ConnectorCategory>()
  const listing = useRows({ kind, level, search, category })
  const go = (next: Level) => {
    setLevel(next)
    setSearch('')
    if (next.view === 'root') setCategory(undefined)
  }
  const choose = (row: CatalogRow) => {
    if (row.kind === 'all') go({ view: 'apps' })
    else if (row.kind === 'app') go({ view: 'app', app: row.app })
    else if (row.kind === 'logic') onChoose({ type: 'logic', kind: row.logic })
    else onChoose({ type: 'member', connector: row.app.id, member: row.member })
  }
  const { offer } = useEditor()
  const back = level.view === 'root' ? undefined : () => go({ view: 'root' })
  return (
    <>
      {back !== undefined && (
        <div className={styles['head']}>
          <IconButton label={t('add.back')} size="small" onClick={back}>
            <ArrowLeft size={16} data-mirror />
          </IconButton>
          <strong>{level.view === 'app' ? level.app.name : t('add.allApps')}</strong>
          {level.view === 'apps' && <CategorySelect value={category} onChange={setCategory} />}
        </div>
      )}
      <RowList
        key={level.view === 'app' ? level.app.id : level.view}
        title={title}
        placeholder={t(kind === 'action' ? 'add.search' : 'add.triggerSearch')}
        search={search}
        onSearch={setSearch}
        {...listing}
        onChoose={choose}
        onBack={back}
      />
      {level.view !== 'app' && holdsBack(offer, kind) && <p className={styles['held']}>{t('guardrails.someHidden')}</p>}
    </>
  )
}

interface RowsOptions {
  readonly kind: MemberKind
  readonly level: Level
  readonly search: string
  readonly category: ConnectorCategory | undefined
}

function useRows({ kind, level, search, category }: RowsOptions) {
  const t = useTexts()
  const { client, offer } = useEditor()
  const isApp = level.view === 'app'
  const catalog = useCatalog({ kind, search: isApp ? '' : search, category })
  const app = useQuery({ ...connectorQuery(client, isApp ? level.app.id : ''), enabled: isApp })
  const { apps, hasMore } = catalog
  const isBrowsing = level.view === 'apps'
  const rows = useMemo(
    () =>
      isApp
        ? app.data === undefined
          ? []
          : memberRows(app.data, kind, search)
        : rootRows({ kind, apps, search, isBrowsing, hasMore, offer }, t),
    [isApp, app.data, kind, search, apps, isBrowsing, hasMore, offer, t],
  )
  return {
    rows,
    isLoading: isApp ? app.isPending : catalog.isPending,
    error: isApp ? app.error : catalog.error,
    hasMore: !isApp && hasMore && (isBrowsing || search !== ''),
    onMore: catalog.loadMore,
    onRetry: () => (isApp ? void app.refetch() : catalog.retry()),
  }
}

interface CategorySelectProps {
  readonly value: ConnectorCategory | undefined
  readonly onChange: (category: ConnectorCategory | undefined) => void
}

function CategorySelect({ value, onChange }: CategorySelectProps) {
  const t = useTexts()
  return (
    <Select
      aria-label={t('add.category')}
      className={styles['category']}
      value={value ?? ''}
      placeholder={t('add.everything')}
      options={CONNECTOR_CATEGORIES.map((each) => ({ value: each, label: t(`category.${each}`) }))}
      onValueChange={(next) => onChange(CONNECTOR_CATEGORIES.find((each) => each === next))}
    />
  )
}

interface RowListProps {
  readonly title: string
  readonly placeholder: string
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly rows: readonly CatalogRow[]
  readonly isLoading: boolean
  readonly error: Error | null
  readonly hasMore: boolean
  readonly onMore: () => void
  readonly onRetry: () => void
  readonly onChoose: (row: CatalogRow) => void
  readonly onBack: (() => void) | undefined
}

/** So many pixels above the end the next page is asked for. */
const NEAR_END_PX = 240
const NEAR_END_ROWS = 6

const MOVES: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 }

function RowList({ rows, search, hasMore, onMore, onBack, ...props }: RowListProps) {
  const id = useId()
  const { list, active, setActive, begin } = useActiveRow({ rows, hasMore, onMore })
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    const move = MOVES[event.key] ?? 0
    const row = rows[active]
    if (move !== 0) setActive((active + move + rows.length) % Math.max(rows.length, 1))
    else if (event.key === 'Enter' && row !== undefined) props.onChoose(row)
    else if (event.key === 'Backspace' && search === '' && onBack !== undefined) onBack()
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={styles['search']}>
        <SearchInput
          autoFocus
          value={search}
          placeholder={props.placeholder}
          aria-label={props.placeholder}
          role="combobox"
          aria-expanded
          aria-controls={id}
          {...(rows.length === 0 ? {} : { 'aria-activedescendant': `${id}-${active}` })}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            props.onSearch(event.target.value)
            begin()
          }}
        />
      </div>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={props.title}
        className={styles['list']}
        tabIndex={-1}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          if (hasMore && scrollHeight - scrollTop - clientHeight < NEAR_END_PX) onMore()
        }}
      >
        {rows.map((row, index) => (
          <CatalogRowView
            key={row.id}
            row={row}
            rowId={`${id}-${index}`}
            index={index}
            isActive={index === active}
            startsGroup={row.group !== rows[index - 1]?.group}
            onChoose={props.onChoose}
            onHover={setActive}
          />
        ))}
      </div>
      <ListNote {...props} isEmpty={rows.length === 0} hasMore={hasMore} words={search} />
    </>
  )
}

/** The row under the Enter key. It stays in sight; near the end of the rows the next page is asked for. */
function useActiveRow({ rows, hasMore, onMore }: Pick<RowListProps, 'rows' | 'hasMore' | 'onMore'>) {
  const [activeId, setActiveId] = useState<string>()
  // By its id, so that rows that come in above it do not put another one under the Enter key.
  const found = rows.findIndex((row) => row.id === activeId)
  const active = Math.max(0, found)
  const isGone = found === -1
  const first = rows[0]?.id
  useEffect(() => {
    if (isGone) setActiveId(first)
  }, [isGone, first])
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
    if (hasMore && active >= rows.length - NEAR_END_ROWS) onMore()
  }, [active, rows.length, hasMore, onMore])
  return {
    list,
    active,
    setActive: (index: number) => setActiveId(rows[index]?.id),
    /** Goes back to the first row. */
    begin: () => setActiveId(undefined),
  }
}

interface ListNoteProps extends Pick<RowListProps, 'isLoading' | 'error' | 'onRetry' | 'hasMore'> {
  readonly isEmpty: boolean
  readonly words: string
}

function ListNote({ isLoading, error, onRetry, hasMore, isEmpty, words }: ListNoteProps) {
  const t = useTexts()
  if (error !== null) {
    return (
      <div className={styles['note']}>
        <Callout
          tone="danger"
          title={t('add.failed')}
          actions={
            <Button size="small" onClick={onRetry}>
              {t('ui.retry')}
            </Button>
          }
        >
          {problemText(readProblem(error), t)}
        </Callout>
      </div>
    )
  }
  if (isLoading || (hasMore && isEmpty)) {
    return (
      <p className={styles['none']} role="status">
        <Spinner size={14} /> {t('add.more')}
      </p>
    )
  }
  return isEmpty ? (
    <p className={styles['none']} role="status">
      {t('add.none', { search: words })}
    </p>
  ) : null
}
