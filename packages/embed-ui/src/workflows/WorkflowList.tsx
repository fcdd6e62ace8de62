import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Workflow as WorkflowIcon } from 'lucide-react'
import { type FormEvent, useDeferredValue, useId, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Me, WorkflowSummary } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { QueryProvider } from '../editor/QueryProvider.js'
import { EventsProvider, useEmit } from '../hooks/useEvents.js'
import type { EventHub } from '../host/events.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Badge, Callout, EmptyState } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Input, SearchInput } from '../ui/Input.js'
import { Card, PageHeader } from '../ui/Layout.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { type Column, Table, TableSkeleton } from '../ui/Table.js'
import { RelativeTime } from '../ui/Time.js'
import { useToast } from '../ui/Toast.js'
import { Switch } from '../ui/Toggle.js'
import styles from './workflows.module.css'

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
  const [isCreating, setCreating] = useState(false)
  const workflows = useWorkflows(props.client, useDeferredValue(search.trim()))
  const canWrite = !props.isReadOnly && props.me.permissions.includes('workflows:write')
  const create = canWrite && (
    <Button variant="primary" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
      {t('workflows.create')}
    </Button>
  )
  const rows = workflows.data?.pages.flatMap(({ data }) => data) ?? []
  const isEmpty = !workflows.isPending && rows.length === 0 && search === '' && workflows.error === null
  return (
    <div className={styles['page']} data-inlay-part="workflow-list">
      <div className={styles['column']}>
        <PageHeader title={t('workflows.title')} description={t('workflows.text')} actions={!isEmpty && create} />
        {isEmpty ? (
          <Card isPadded={false}>
            <EmptyState
              icon={<WorkflowIcon size={20} />}
              title={t('workflows.empty')}
              text={t('workflows.emptyText')}
              actions={create}
            />
          </Card>
        ) : (
          <>
            <div className={styles['search']}>
              <SearchInput value={search} onChange={(event) => setSearch(event.target.value)} />
            </div>
            <WorkflowTable {...props} rows={rows} query={workflows} canWrite={canWrite} />
          </>
        )}
      </div>
      {isCreating && <CreateDialog {...props} onClose={() => setCreating(false)} />}
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
  })
}

interface WorkflowTableProps extends PageProps {
  readonly rows: readonly WorkflowSummary[]
  readonly query: ReturnType<typeof useWorkflows>
  readonly canWrite: boolean
}

function WorkflowTable({ rows, query, onOpen, client, canWrite }: WorkflowTableProps) {
  const t = useTexts()
  const toggle = useToggle(client)
  if (query.isPending) {
    return (
      <Card isPadded={false}>
        <TableSkeleton />
      </Card>
    )
  }
  if (query.error !== null) return <Callout tone="danger">{problemText(readProblem(query.error))}</Callout>
  if (rows.length === 0) return <EmptyState title={t('ui.noMatches')} />
  const columns: readonly Column<WorkflowSummary>[] = [
    {
      id: 'name',
      header: t('workflows.name'),
      isTitle: true,
      cell: ({ id, name, triggerType }) => (
        <button type="button" className={styles['open']} onClick={() => onOpen(id)}>
          <strong>{name}</strong>
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
          <Switch isOn={enabled} disabled={!canWrite} aria-label={name} onChange={(isOn) => toggle(id, isOn)} />
        ),
    },
  ]
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
      {query.hasNextPage && (
        <div className={styles['more']}>
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('ui.loadMore')}
          </Button>
        </div>
      )}
    </>
  )
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

function useToggle(client: BuilderClient): (id: string, enabled: boolean) => void {
  const cache = useQueryClient()
  const toast = useToast()
  const emit = useEmit()
  return (id, enabled) => {
    client.workflows.update
      .mutate({ id, enabled })
      .then(() => {
        emit(enabled ? 'workflow.enabled' : 'workflow.disabled', { workflowId: id })
        return cache.invalidateQueries({ queryKey: ['workflows'] })
      })
      .catch((error: unknown) => toast({ tone: 'danger', title: problemText(readProblem(error)) }))
  }
}

interface CreateDialogProps extends PageProps {
  readonly onClose: () => void
}

function CreateDialog({ client, me, onOpen, onClose }: CreateDialogProps) {
  const t = useTexts()
  const formId = useId()
  const emit = useEmit()
  const [name, setName] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const create = async () => {
    setBusy(true)
    try {
      const made = await client.workflows.create.mutate({ customerId: me.customer?.id ?? '', name: name.trim() })
      emit('workflow.created', { workflowId: made.id })
      onOpen(made.id)
    } catch (error) {
      setProblem(problemText(readProblem(error)))
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void create()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('workflows.create')}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" type="submit" form={formId} isBusy={isBusy} disabled={name.trim() === ''}>
            {t('workflows.createAction')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <Field label={t('workflows.name')} help={t('workflows.nameHelp')} error={problem}>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
