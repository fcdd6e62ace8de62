import { FilterX, History } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { BuilderClient, SubscriptionHandlers } from '../data/client.js'
import type { RunEvent, RunSummary } from '../data/run-types.js'
import { QueryProvider } from '../editor/QueryProvider.js'
import { EventsProvider } from '../hooks/useEvents.js'
import { ListStates, WidgetPage } from '../host/WidgetPage.js'
import type { WidgetProps } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { FailureLine } from '../problems/FailureLine.js'
import shared from '../runs/run-rows.module.css'
import { useLiveRuns } from '../runs/useLiveRuns.js'
import { StartLink } from '../start/StartLink.js'
import { Button } from '../ui/Button.js'
import { classNames } from '../ui/class-names.js'
import { Badge } from '../ui/Feedback.js'
import { Select } from '../ui/Input.js'
import { Card } from '../ui/Layout.js'
import { LoadMore } from '../ui/LoadMore.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { type Column, Table } from '../ui/Table.js'
import { Duration, RelativeTime } from '../ui/Time.js'
import { AutomationFilter } from './AutomationFilter.js'
import { ANY_RUN, isFiltered, type RunFilters, STATUSES, sinceOf, TIMES } from './run-filters.js'
import styles from './run-history.module.css'

export interface RunHistoryProps extends WidgetProps {
  readonly onOpen: (runId: string) => void
  /** Leads to where automations are made; without it the empty list leads nowhere. */
  readonly onStart?: () => void
}

/** The runs of all automations of a customer, newest first. */
export function RunHistory({ events, ...props }: RunHistoryProps) {
  return (
    <EventsProvider value={events}>
      <QueryProvider>
        <HistoryPage {...props} />
      </QueryProvider>
    </EventsProvider>
  )
}

function HistoryPage({ client, onOpen, onStart }: Omit<RunHistoryProps, 'events'>) {
  const t = useTexts()
  const [filters, setFilters] = useState<RunFilters>(ANY_RUN)
  const { list: runs } = useRuns(client, filters)
  const rows = runs.data?.pages.flatMap(({ data }) => data) ?? []
  const filtered = isFiltered(filters)
  const clear = () => setFilters(ANY_RUN)
  return (
    <WidgetPage part="run-history" title={t('history.title')} description={t('history.text')}>
      {(filtered || rows.length > 0 || runs.isPending) && (
        <Filters client={client} filters={filters} onChange={setFilters} onClear={clear} />
      )}
      <ListStates
        query={runs}
        isEmpty={rows.length === 0}
        empty={
          filtered
            ? {
                icon: <FilterX size={20} />,
                title: t('history.noMatches'),
                text: t('history.noMatchesText'),
                actions: <Button onClick={clear}>{t('history.clear')}</Button>,
              }
            : {
                icon: <History size={20} />,
                title: t('history.empty'),
                text: t('history.emptyText'),
                ...(onStart === undefined ? {} : { actions: <StartLink onStart={onStart} /> }),
              }
        }
      >
        <RunTable rows={rows} onOpen={onOpen} />
        <LoadMore query={runs} />
      </ListStates>
    </WidgetPage>
  )
}

function useRuns(client: BuilderClient, filters: RunFilters) {
  const { status, workflowId } = filters
  const watch = useCallback(
    (handlers: SubscriptionHandlers<RunEvent>) => client.runs.watchAll.subscribe({}, handlers),
    [client],
  )
  return useLiveRuns({
    queryKey: ['history', 'runs', JSON.stringify(filters)],
    read: (page) => {
      const createdSince = sinceOf(filters, Date.now())
      return client.runs.list.query({
        ...(status === undefined ? {} : { status }),
        ...(workflowId === undefined ? {} : { workflowId }),
        ...(createdSince === undefined ? {} : { createdSince }),
        ...page,
      })
    },
    watch,
    isAtTop: () => true,
  })
}

interface FiltersProps {
  readonly client: BuilderClient
  readonly filters: RunFilters
  readonly onChange: (filters: RunFilters) => void
  readonly onClear: () => void
}

function Filters({ client, filters, onChange, onClear }: FiltersProps) {
  const t = useTexts()
  return (
    <div className={classNames(shared['filters'], styles['filters'])}>
      <Select
        aria-label={t('history.status')}
        value={filters.status ?? ''}
        placeholder={t('runs.all')}
        options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        onValueChange={(next) => onChange({ ...filters, status: STATUSES.find((each) => each === next) })}
      />
      <AutomationFilter
        client={client}
        workflowId={filters.workflowId}
        onChange={(workflowId) => onChange({ ...filters, workflowId })}
      />
      <Select
        aria-label={t('history.time')}
        value={filters.time ?? ''}
        placeholder={t('history.anyTime')}
        options={TIMES.map((value) => ({ value, label: t(`history.${value}`) }))}
        onValueChange={(next) => onChange({ ...filters, time: TIMES.find((each) => each === next) })}
      />
      {isFiltered(filters) && (
        <Button variant="ghost" onClick={onClear}>
          {t('history.clear')}
        </Button>
      )}
    </div>
  )
}

function RunTable({ rows, onOpen }: { readonly rows: readonly RunSummary[]; readonly onOpen: (id: string) => void }) {
  const t = useTexts()
  const columns: readonly Column<RunSummary>[] = [
    {
      id: 'automation',
      header: t('history.automation'),
      isTitle: true,
      cell: ({ id, workflowName, mode }) => (
        <span className={styles['name']}>
          <button type="button" className={styles['open']} onClick={() => onOpen(id)}>
            {workflowName}
          </button>
          {mode === 'test' && <Badge>{t('runs.test')}</Badge>}
        </span>
      ),
    },
    { id: 'status', header: t('runs.status'), cell: ({ status }) => <RunStatusBadge status={status} /> },
    {
      id: 'result',
      header: t('runs.result'),
      isSecondary: true,
      cell: ({ error }) => error !== null && <FailureLine error={error} className={shared['error']} />,
    },
    { id: 'started', header: t('runs.started'), cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      id: 'duration',
      header: t('runs.duration'),
      align: 'end',
      cell: ({ durationMs }) => <Duration ms={durationMs} />,
    },
  ]
  return (
    <Card isPadded={false}>
      <Table
        label={t('history.title')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onRowClick={({ id }) => onOpen(id)}
      />
    </Card>
  )
}
