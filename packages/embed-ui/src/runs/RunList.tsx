import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useCallback, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { RunSummary } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLive } from '../hooks/useLive.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Badge, Callout, EmptyState } from '../ui/Feedback.js'
import { Select } from '../ui/Input.js'
import { Card } from '../ui/Layout.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { type Column, Table, TableSkeleton } from '../ui/Table.js'
import { Duration, RelativeTime } from '../ui/Time.js'
import styles from './runs.module.css'

const PAGE_SIZE = 25
const FILTERS = ['succeeded', 'failed', 'running', 'waiting', 'cancelled'] as const
type Filter = (typeof FILTERS)[number] | undefined

export interface RunListProps {
  readonly workflowId: string
  readonly onOpen: (runId: string) => void
}

/** The runs of a workflow, newest first and live. */
export function RunList({ workflowId, onOpen }: RunListProps) {
  const t = useTexts()
  const [filter, setFilter] = useState<Filter>()
  const runs = useRuns(workflowId, filter)
  return (
    <div className={styles['page']} data-inlay-part="run-list">
      <div className={styles['column']}>
        <div className={styles['listHead']}>
          <h2>{t('runs.title')}</h2>
          <div className={styles['filter']}>
            <Select
              aria-label={t('runs.filter')}
              value={filter ?? ''}
              placeholder={t('runs.all')}
              options={FILTERS.map((value) => ({ value, label: t(`status.${value}`) }))}
              onValueChange={(value) => setFilter(FILTERS.find((each) => each === value))}
            />
          </div>
        </div>
        <RunTable runs={runs} onOpen={onOpen} isFiltered={filter !== undefined} />
      </div>
    </div>
  )
}

function useRuns(workflowId: string, status: Filter) {
  const { client } = useEditor()
  const query = useInfiniteQuery({
    queryKey: ['runs', workflowId, status ?? null],
    queryFn: ({ pageParam }) =>
      client.runs.list.query({
        workflowId,
        limit: PAGE_SIZE,
        ...(status === undefined ? {} : { status }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    // The first page has no cursor.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
  const subscribe = useCallback(
    (onEvent: () => void) => client.runs.watchList.subscribe({ workflowId }, { onData: onEvent, onError: () => {} }),
    [client, workflowId],
  )
  useLive(subscribe, () => void query.refetch())
  return query
}

interface RunTableProps {
  readonly runs: ReturnType<typeof useRuns>
  readonly onOpen: (runId: string) => void
  readonly isFiltered: boolean
}

function RunTable({ runs, onOpen, isFiltered }: RunTableProps) {
  const t = useTexts()
  const columns = useColumns(onOpen)
  const rows = runs.data?.pages.flatMap(({ data }) => data) ?? []
  if (runs.isPending) {
    return (
      <Card isPadded={false}>
        <TableSkeleton />
      </Card>
    )
  }
  if (runs.error !== null && rows.length === 0) {
    return (
      <Callout tone="danger" actions={<Button onClick={() => void runs.refetch()}>{t('ui.retry')}</Button>}>
        {problemText(readProblem(runs.error))}
      </Callout>
    )
  }
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<History size={20} />}
        title={isFiltered ? t('ui.noMatches') : t('runs.empty')}
        text={isFiltered ? undefined : t('runs.emptyText')}
      />
    )
  }
  return (
    <>
      <Card isPadded={false}>
        <Table
          label={t('runs.title')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          onRowClick={({ id }) => onOpen(id)}
        />
      </Card>
      {runs.hasNextPage && (
        <div className={styles['more']}>
          <Button isBusy={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {t('ui.loadMore')}
          </Button>
        </div>
      )}
    </>
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
      cell: ({ error }) => error !== null && <span className={styles['errorLine']}>{error.title}</span>,
    },
    {
      id: 'duration',
      header: t('runs.duration'),
      align: 'end',
      cell: ({ durationMs }) => <Duration ms={durationMs} />,
    },
  ]
}
