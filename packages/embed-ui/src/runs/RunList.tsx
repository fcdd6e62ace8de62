import { ArrowUp, FilterX, History } from 'lucide-react'
import { useRef, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { RunSummary } from '../data/run-types.js'
import { useTexts } from '../messages/useTexts.js'
import { FailureLine } from '../problems/FailureLine.js'
import { Button } from '../ui/Button.js'
import { Badge, Callout, EmptyState } from '../ui/Feedback.js'
import { Card } from '../ui/Layout.js'
import { LoadMore } from '../ui/LoadMore.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { type Column, Table, TableSkeleton } from '../ui/Table.js'
import { Duration, RelativeTime } from '../ui/Time.js'
import { ListFilterBar } from './ListFilterBar.js'
import { isFiltering, type ListFilters, NO_FILTERS, readFilters, writeFilters } from './list-filters.js'
import { RetryFailed } from './RetryFailed.js'
import styles from './run-list.module.css'
import shared from './run-rows.module.css'
import { useRunList } from './useRunList.js'

/** How far the reader may have scrolled for new rows to come in by themselves, in pixels. */
const AT_TOP_PX = 60

export interface RunListProps {
  readonly workflowId: string
  readonly onOpen: (runId: string) => void
  /** Which runs are shown, as the query of an address; without it the list keeps track itself. */
  readonly filters?: string
  readonly onFilters?: (filters: string) => void
}

/** The runs of a workflow, newest first and live. */
export function RunList({ workflowId, onOpen, filters: given, onFilters }: RunListProps) {
  const t = useTexts()
  const page = useRef<HTMLDivElement>(null)
  const [own, setOwn] = useState('')
  const filters = readFilters(given ?? own)
  const change = (next: ListFilters) => {
    setOwn(writeFilters(next))
    onFilters?.(writeFilters(next))
  }
  const runs = useRunList(workflowId, filters, () => (page.current?.scrollTop ?? 0) < AT_TOP_PX)
  const { newcomers, showNewcomers } = runs
  return (
    <div ref={page} className={styles['page']} data-inlay-part="run-list">
      <div className={styles['column']}>
        <div className={styles['head']}>
          <h2>{t('runs.title')}</h2>
          <RetryFailed workflowId={workflowId} time={filters.time} />
        </div>
        <ListFilterBar workflowId={workflowId} filters={filters} onChange={change} />
        <div className={styles['newcomers']} role="status">
          {newcomers.length > 0 && (
            <Button
              variant="primary"
              size="small"
              icon={<ArrowUp size={14} />}
              onClick={() => {
                showNewcomers()
                page.current?.scrollTo({ top: 0 })
              }}
            >
              {t('runs.new', { count: newcomers.length })}
            </Button>
          )}
        </div>
        <RunRows
          list={runs.list}
          onOpen={onOpen}
          onClear={isFiltering(filters) ? () => change(NO_FILTERS) : undefined}
        />
      </div>
    </div>
  )
}

interface RunRowsProps {
  readonly list: ReturnType<typeof useRunList>['list']
  readonly onOpen: (runId: string) => void
  /** Absent when nothing is left out. */
  readonly onClear: (() => void) | undefined
}

function RunRows({ list, onOpen, onClear }: RunRowsProps) {
  const t = useTexts()
  const columns = useColumns(onOpen)
  const rows = list.data?.pages.flatMap(({ data }) => data) ?? []
  if (list.isPending) {
    return (
      <Card isPadded={false}>
        <TableSkeleton />
      </Card>
    )
  }
  if (list.error !== null && rows.length === 0) {
    return (
      <Callout tone="danger" actions={<Button onClick={() => void list.refetch()}>{t('ui.retry')}</Button>}>
        {problemText(readProblem(list.error), t)}
      </Callout>
    )
  }
  return (
    <>
      {rows.length === 0 ? (
        <NoRuns onClear={onClear} />
      ) : (
        <Card isPadded={false}>
          <Table
            label={t('runs.title')}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            onRowClick={({ id }) => onOpen(id)}
          />
        </Card>
      )}
      {/* Also below nothing: a search looks through so many runs at a time. */}
      <LoadMore query={list} />
    </>
  )
}

function NoRuns({ onClear }: Pick<RunRowsProps, 'onClear'>) {
  const t = useTexts()
  if (onClear === undefined) {
    return <EmptyState icon={<History size={20} />} title={t('runs.empty')} text={t('runs.emptyText')} />
  }
  return (
    <EmptyState
      icon={<FilterX size={20} />}
      title={t('runs.noMatches')}
      text={t('runs.noMatchesText')}
      actions={<Button onClick={onClear}>{t('runs.clear')}</Button>}
    />
  )
}

function useColumns(onOpen: (runId: string) => void): readonly Column<RunSummary>[] {
  const t = useTexts()
  return [
    {
      id: 'status',
      header: t('runs.status'),
      isTitle: true,
      cell: ({ id, status }) => (
        <button type="button" className={styles['open']} onClick={() => onOpen(id)}>
          <RunStatusBadge status={status} />
        </button>
      ),
    },
    { id: 'started', header: t('runs.started'), cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      id: 'version',
      header: t('runs.version'),
      cell: ({ versionNumber }) =>
        versionNumber === null ? <Badge>{t('runs.test')}</Badge> : t('runs.versionNumber', { number: versionNumber }),
    },
    {
      id: 'error',
      header: t('runs.result'),
      isSecondary: true,
      cell: ({ error }) => error !== null && <FailureLine error={error} className={shared['error']} />,
    },
    {
      id: 'duration',
      header: t('runs.duration'),
      align: 'end',
      cell: ({ durationMs }) => <Duration ms={durationMs} />,
    },
  ]
}
