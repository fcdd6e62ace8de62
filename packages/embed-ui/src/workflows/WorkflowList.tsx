import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Me, WorkflowSummary } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { QueryProvider } from '../editor/QueryProvider.js'
import { useDebounced } from '../hooks/useDebounced.js'
import { EventsProvider, useEmit } from '../hooks/useEvents.js'
import { useWanted } from '../hooks/useWanted.js'
import type { EventHub } from '../host/events.js'
import { useTexts } from '../messages/useTexts.js'
import type { NewAutomationDialogProps, StartWay } from '../start/NewAutomationDialog.js'
import type { StartPanelProps } from '../start/StartPanel.js'
import { Button, IconButton } from '../ui/Button.js'
import { Badge, EmptyState } from '../ui/Feedback.js'
import { fetched } from '../ui/fetched.js'
import { SearchInput } from '../ui/Input.js'
import { Card, PageHeader } from '../ui/Layout.js'
import { LoadFailed } from '../ui/LoadFailed.js'
import { LoadMore } from '../ui/LoadMore.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { type Column, Table, TableSkeleton } from '../ui/Table.js'
import { RelativeTime } from '../ui/Time.js'
import { useToast } from '../ui/Toast.js'
import { Switch } from '../ui/Toggle.js'
import type { DeleteWorkflowDialogProps } from './DeleteWorkflowDialog.js'
import styles from './workflows.module.css'

const StartPanel = fetched<StartPanelProps>(async () => (await import('../start/StartPanel.js')).StartPanel)
const NewAutomationDialog = fetched<NewAutomationDialogProps>(
  async () => (await import('../start/NewAutomationDialog.js')).NewAutomationDialog,
)

const DeleteWorkflowDialog = fetched<DeleteWorkflowDialogProps>(
  async () => (await import('./DeleteWorkflowDialog.js')).DeleteWorkflowDialog,
)

/** Typing pauses this long before the server is asked, in milliseconds. */
const SEARCH_PAUSE_MS = 180

export interface WorkflowListProps {
  readonly client: BuilderClient
  readonly me: Me
  readonly isReadOnly: boolean
  readonly events?: EventHub
  readonly onOpen: (workflowId: string) => void
}

/** The workflows of a customer, with a switch for each. */
export function WorkflowList({ events, ...props }: WorkflowListProps) {
  return (
    <EventsProvider value={events}>
      <QueryProvider>
        <ListPage {...props} />
      </QueryProvider>
    </EventsProvider>
  )
}

type PageProps = Omit<WorkflowListProps, 'events'>

function ListPage(props: PageProps) {
  const t = useTexts()
  const [search, setSearch] = useState('')
  const [starting, setStarting] = useState<StartWay>()
  const wanted = useDebounced(search.trim(), SEARCH_PAUSE_MS)
  const workflows = useWorkflows(props.client, wanted)
  const canWrite = !props.isReadOnly && props.me.permissions.includes('workflows:write')
  const canDelete = !props.isReadOnly && props.me.permissions.includes('workflows:delete')
  const rows = workflows.data?.pages.flatMap(({ data }) => data) ?? []
  const most = props.me.guardrails?.maxWorkflows ?? null
  const isFull = most !== null && search === '' && rows.length >= most
  const create = canWrite && (
    <Button
      variant="primary"
      icon={<Plus size={15} />}
      disabled={isFull}
      {...(isFull ? { title: t('guardrails.workflowsFull', { count: most }) } : {})}
      onClick={() => setStarting('template')}
    >
      {t('workflows.create')}
    </Button>
  )
  // While a search is being cleared, nothing found does not mean that there is nothing.
  const isWhole = search === '' && wanted === '' && workflows.isSuccess && !workflows.isPlaceholderData
  const isEmpty = isWhole && rows.length === 0
  return (
    <div className={styles['page']} data-inlay-part="workflow-list">
      <div className={styles['column']}>
        <PageHeader title={t('workflows.title')} description={t('workflows.text')} actions={!isEmpty && create} />
        {isEmpty ? (
          <StartPanel
            client={props.client}
            me={props.me}
            mayCreate={canWrite}
            onOpen={props.onOpen}
            onStart={setStarting}
          />
        ) : (
          <>
            <div className={styles['search']}>
              <SearchInput value={search} onChange={(event) => setSearch(event.target.value)} />
            </div>
            <WorkflowTable {...props} rows={rows} query={workflows} canWrite={canWrite} canDelete={canDelete} />
          </>
        )}
      </div>
      {starting !== undefined && (
        <NewAutomationDialog
          key={starting}
          client={props.client}
          me={props.me}
          way={starting}
          onClose={() => setStarting(undefined)}
          onOpen={props.onOpen}
        />
      )}
    </div>
  )
}

function useWorkflows(client: BuilderClient, search: string) {
  return useInfiniteQuery({
    queryKey: ['workflows', search],
    queryFn: ({ pageParam }) =>
      client.workflows.list.query({
        ...(search === '' ? {} : { search }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    // The first page has no cursor.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // What was found before stays until the next is there.
    placeholderData: keepPreviousData,
  })
}

interface WorkflowTableProps extends PageProps {
  readonly rows: readonly WorkflowSummary[]
  readonly query: ReturnType<typeof useWorkflows>
  readonly canWrite: boolean
  readonly canDelete: boolean
}

function WorkflowTable({ rows, query, onOpen, client, canWrite, canDelete }: WorkflowTableProps) {
  const t = useTexts()
  const [leaving, setLeaving] = useState<WorkflowSummary>()
  const columns = useColumns({ client, canWrite, canDelete, onOpen, onDelete: setLeaving })
  if (query.isPending) {
    return (
      <Card isPadded={false}>
        <TableSkeleton />
      </Card>
    )
  }
  if (query.error !== null && rows.length === 0) {
    return <LoadFailed title={t('widget.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
  }
  if (rows.length === 0) return <EmptyState title={t('ui.noMatches')} />
  return (
    <>
      <Card isPadded={false}>
        <Table
          label={t('workflows.title')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          onRowClick={({ id }) => onOpen(id)}
        />
      </Card>
      <LoadMore query={query} />
      {leaving !== undefined && (
        <DeleteWorkflowDialog client={client} workflow={leaving} onClose={() => setLeaving(undefined)} />
      )}
    </>
  )
}

interface ColumnDeps extends Pick<WorkflowTableProps, 'client' | 'canWrite' | 'canDelete' | 'onOpen'> {
  readonly onDelete: (workflow: WorkflowSummary) => void
}

function useColumns(deps: ColumnDeps): readonly Column<WorkflowSummary>[] {
  const { client, canWrite, canDelete, onOpen, onDelete } = deps
  const t = useTexts()
  const { wanted, toggle } = useToggle(client)
  return [
    {
      id: 'name',
      header: t('workflows.name'),
      isTitle: true,
      cell: ({ id, name, triggerType }) => (
        <button type="button" className={styles['open']} onClick={() => onOpen(id)}>
          <strong dir="auto">{name}</strong>
          <span>{triggerName(triggerType, t)}</span>
        </button>
      ),
    },
    {
      id: 'lastRun',
      header: t('workflows.lastRun'),
      cell: ({ lastRun }) =>
        lastRun === null ? <span aria-hidden="true">–</span> : <RunStatusBadge status={lastRun.status} />,
    },
    {
      id: 'updated',
      header: t('workflows.updated'),
      isSecondary: true,
      cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
    },
    {
      id: 'enabled',
      header: t('workflows.on'),
      align: 'end',
      cell: ({ id, name, enabled, publishedVersion }) =>
        publishedVersion === null ? (
          <Badge>{t('workflows.draft')}</Badge>
        ) : (
          <Switch
            isOn={wanted.get(id) ?? enabled}
            isBusy={wanted.has(id)}
            disabled={!canWrite}
            aria-label={name}
            onChange={(isOn) => toggle(id, isOn)}
          />
        ),
    },
    ...(canDelete ? [deleteColumn({ t, onDelete })] : []),
  ]
}

interface DeleteColumn extends Pick<ColumnDeps, 'onDelete'> {
  readonly t: ReturnType<typeof useTexts>
}

function deleteColumn({ t, onDelete }: DeleteColumn): Column<WorkflowSummary> {
  return {
    id: 'delete',
    header: t('ui.delete'),
    isHeaderHidden: true,
    align: 'end',
    cell: (workflow) => (
      <IconButton
        label={t('workflows.delete', { name: workflow.name })}
        size="small"
        onClick={() => onDelete(workflow)}
      >
        <Trash2 size={15} />
      </IconButton>
    ),
  }
}

function triggerName(type: string, t: ReturnType<typeof useTexts>): string {
  switch (type) {
    case 'webhook':
    case 'schedule':
    case 'event':
    case 'manual':
      return t(`trigger.${type}`)
    default:
      return type
  }
}

/** Switches workflows on and off. What was chosen is shown at once, and taken back when the server refuses. */
function useToggle(client: BuilderClient) {
  const t = useTexts()
  const cache = useQueryClient()
  const toast = useToast()
  const emit = useEmit()
  const { wanted, want } = useWanted()
  const toggle = (id: string, enabled: boolean) => {
    const answer = client.workflows.update
      .mutate({ id, enabled })
      .then(() => {
        emit(enabled ? 'workflow.enabled' : 'workflow.disabled', { workflowId: id })
        return cache.invalidateQueries({ queryKey: ['workflows'] })
      })
      .catch((error: unknown) => toast({ tone: 'danger', title: problemText(readProblem(error), t) }))
    want(id, enabled, answer)
  }
  return { wanted, toggle }
}
