import type { RunSummary } from '@inlay/embed-ui'
import {
  Badge,
  type Column,
  Duration,
  EmptyState,
  type LiveList,
  RelativeTime,
  RunStatusBadge,
  Select,
  useLiveRuns,
} from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { Activity } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { client } from '../client.js'
import { ListPage } from '../layout/ListPage.js'
import { CustomerName } from './CustomerName.js'

type RunFilter = NonNullable<Parameters<ApiClient['runs']['list']['query']>[0]>
type RunStatus = NonNullable<RunFilter['status']>

const STATUSES: readonly { value: RunStatus | 'all'; label: string }[] = [
  { value: 'all', label: 'All runs' },
  { value: 'running', label: 'Running' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
]

const watchAll: LiveList['watch'] = (handlers) => client.runs.watchAll.subscribe({}, handlers)

/** The runs of all customers, live. */
export function RunsPage() {
  const [status, setStatus] = useState<RunStatus | 'all'>('all')
  const [, navigate] = useLocation()
  const { list } = useLiveRuns({
    queryKey: ['runs', 'all', status],
    read: (page) => client.runs.list.query({ ...page, ...(status === 'all' ? {} : { status }) }),
    watch: watchAll,
    isAtTop: () => true,
  })
  const pages = { ...list, rows: list.data?.pages.flatMap(({ data }) => data) ?? [] }
  return (
    <ListPage
      title="Runs"
      description="Every execution, the latest first."
      filters={
        <Select
          aria-label="Status"
          options={STATUSES}
          value={status}
          // The options are the values of STATUSES.
          onValueChange={(value) => setStatus(value as RunStatus | 'all')}
        />
      }
      pages={pages}
      label="Runs"
      rowKey={({ id }) => id}
      onRowClick={({ id }) => navigate(`/runs/${id}`)}
      columns={COLUMNS}
      empty={
        status === 'all' ? (
          <EmptyState
            icon={<Activity />}
            title="No runs yet"
            text="They appear here as soon as an automation starts."
          />
        ) : (
          <EmptyState icon={<Activity />} title="No such runs" text="Choose another status above." />
        )
      }
    />
  )
}

const COLUMNS: readonly Column<RunSummary>[] = [
  { id: 'status', header: 'Status', cell: (run) => <RunStatusBadge status={run.status} /> },
  {
    id: 'workflow',
    header: 'Automation',
    isTitle: true,
    cell: (run) => <Link href={`/runs/${run.id}`}>{run.workflowName}</Link>,
  },
  {
    id: 'customer',
    header: 'Customer',
    isSecondary: true,
    cell: ({ customerId }) => <CustomerName id={customerId} />,
  },
  {
    id: 'mode',
    header: 'Version',
    isSecondary: true,
    cell: (run) => (run.versionNumber === null ? <Badge>Test</Badge> : `v${run.versionNumber}`),
  },
  { id: 'started', header: 'Started', cell: (run) => <RelativeTime at={run.createdAt} /> },
  { id: 'duration', header: 'Duration', align: 'end', cell: (run) => <Duration ms={run.durationMs} /> },
]
