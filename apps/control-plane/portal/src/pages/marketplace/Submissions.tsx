import { Badge, Button, Callout, Card, ConfirmDialog, EmptyState, RelativeTime, Table } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Send } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../client.js'
import { LoadedList } from '../../layout/Loaded.js'
import { useCall } from '../../useCall.js'
import { SubmitDialog } from './SubmitDialog.js'
import type { Submission } from './submission.js'

const STATES: Readonly<
  Record<Submission['state'], { label: string; tone: 'info' | 'success' | 'danger' | 'neutral' }>
> = {
  submitted: { label: 'In review', tone: 'info' },
  approved: { label: 'Approved', tone: 'success' },
  rejected: { label: 'Rejected', tone: 'danger' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
}

/** What this vendor has handed in, and what became of it. */
export function Submissions() {
  const queries = useQueryClient()
  const submissions = useQuery({
    queryKey: ['submissions'],
    queryFn: () => client.marketplace.submissions.query({}),
  })
  const [submitting, setSubmitting] = useState<Submission | 'new'>()
  const [withdrawing, setWithdrawing] = useState<Submission>()
  const refresh = (): void => {
    setSubmitting(undefined)
    setWithdrawing(undefined)
    for (const key of ['submissions', 'marketplace']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const withdraw = useCall((id: string) => client.marketplace.withdraw.mutate({ id }), refresh)
  const submit = (
    <Button variant="primary" icon={<Plus size={16} />} onClick={() => setSubmitting('new')}>
      Hand something in
    </Button>
  )
  return (
    <>
      <LoadedList
        query={submissions}
        empty={
          <EmptyState
            icon={<Send />}
            title="Nothing handed in yet"
            text="Share a template, or a connector that was imported. It is looked at before others can install it."
            actions={submit}
          />
        }
      >
        {(rows) => (
          <>
            <div>{submit}</div>
            <SubmissionTable rows={rows} onWithdraw={setWithdrawing} onRenew={setSubmitting} />
          </>
        )}
      </LoadedList>
      {submitting !== undefined && (
        <SubmitDialog
          earlier={submitting === 'new' ? undefined : submitting}
          onClose={() => setSubmitting(undefined)}
          onDone={refresh}
        />
      )}
      <ConfirmDialog
        isOpen={withdrawing !== undefined}
        isDanger
        isBusy={withdraw.isPending}
        title={`Withdraw “${withdrawing?.name ?? ''}”?`}
        text="Nobody can install it any more. Those who have it keep it."
        confirmLabel="Withdraw"
        onClose={() => setWithdrawing(undefined)}
        onConfirm={() => withdrawing !== undefined && withdraw.mutate(withdrawing.id)}
      />
    </>
  )
}

interface SubmissionTableProps {
  readonly rows: readonly Submission[]
  readonly onWithdraw: (submission: Submission) => void
  readonly onRenew: (submission: Submission) => void
}

function SubmissionTable({ rows, onWithdraw, onRenew }: SubmissionTableProps) {
  const noted = rows.filter(({ state, note }) => state === 'rejected' && note !== null)
  return (
    <>
      {noted.map(({ id, name, note }) => (
        <Callout key={id} tone="warning" title={`“${name}” was not approved`}>
          {note}
        </Callout>
      ))}
      <Card isPadded={false}>
        <Table
          label="Submissions"
          rows={rows}
          rowKey={({ id }) => id}
          columns={[
            { id: 'name', header: 'Name', isTitle: true, cell: ({ name }) => name },
            { id: 'kind', header: 'Kind', cell: ({ kind }) => (kind === 'connector' ? 'Connector' : 'Template') },
            { id: 'version', header: 'Version', cell: ({ version }) => <code>{version}</code> },
            {
              id: 'state',
              header: 'State',
              cell: ({ state }) => <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>,
            },
            {
              id: 'updated',
              header: 'Changed',
              isSecondary: true,
              cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
            },
            {
              id: 'actions',
              header: 'Actions',
              isHeaderHidden: true,
              align: 'end',
              cell: (row) => (
                <Commands submission={row} onWithdraw={() => onWithdraw(row)} onRenew={() => onRenew(row)} />
              ),
            },
          ]}
        />
      </Card>
    </>
  )
}

interface CommandsProps {
  readonly submission: Submission
  readonly onWithdraw: () => void
  readonly onRenew: () => void
}

function Commands({ submission: { name, state }, onWithdraw, onRenew }: CommandsProps) {
  return (
    <span className="state">
      <Button size="small" variant="ghost" aria-label={`New version of ${name}`} onClick={onRenew}>
        New version
      </Button>
      {state !== 'withdrawn' && (
        <Button size="small" variant="ghost" aria-label={`Withdraw ${name}`} onClick={onWithdraw}>
          Withdraw
        </Button>
      )}
    </span>
  )
}
