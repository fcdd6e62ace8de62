import { Badge, Card, RelativeTime, RunStatusBadge, Table } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { Link, useLocation } from 'wouter'
import { CustomerName } from './CustomerName.js'

export type WorkflowSummary = Awaited<ReturnType<ApiClient['workflows']['list']['query']>>['data'][number]

/** The columns in which automations are listed. */
const WORKFLOW_COLUMNS = [
  {
    id: 'name',
    header: 'Name',
    isTitle: true,
    cell: ({ id, name }: WorkflowSummary) => <Link href={`/workflows/${id}`}>{name}</Link>,
  },
  { id: 'state', header: 'State', cell: (workflow: WorkflowSummary) => <WorkflowState workflow={workflow} /> },
  {
    id: 'trigger',
    header: 'Starts',
    isSecondary: true,
    cell: ({ triggerType }: WorkflowSummary) => TRIGGERS[triggerType] ?? triggerType,
  },
  {
    id: 'lastRun',
    header: 'Last run',
    cell: ({ lastRun }: WorkflowSummary) =>
      lastRun === null ? <span className="muted">Never run</span> : <RunStatusBadge status={lastRun.status} />,
  },
  {
    id: 'updated',
    header: 'Changed',
    isSecondary: true,
    cell: ({ updatedAt }: WorkflowSummary) => <RelativeTime at={updatedAt} />,
  },
] as const

/** The same where the customer is not clear from the page. */
export const WORKFLOW_COLUMNS_WITH_CUSTOMER = [
  WORKFLOW_COLUMNS[0],
  {
    id: 'customer',
    header: 'Customer',
    isSecondary: true,
    cell: ({ customerId }: WorkflowSummary) => <CustomerName id={customerId} />,
  },
  ...WORKFLOW_COLUMNS.slice(1),
]

const TRIGGERS: Readonly<Record<string, string>> = {
  webhook: 'By webhook',
  schedule: 'On a schedule',
  event: 'By event',
  connector: 'By an app',
  manual: 'By hand',
}

function WorkflowState({ workflow }: { readonly workflow: WorkflowSummary }) {
  if (workflow.publishedVersion === null) return <Badge>Draft</Badge>
  return (
    <span className="state">
      <Badge tone={workflow.enabled ? 'success' : 'neutral'}>{workflow.enabled ? 'On' : 'Off'}</Badge>
      {workflow.hasUnpublishedChanges && <span className="muted">unpublished changes</span>}
    </span>
  )
}

/** Automations as a table. */
export function WorkflowTable({ workflows }: { readonly workflows: readonly WorkflowSummary[] }) {
  const [, navigate] = useLocation()
  return (
    <Card isPadded={false}>
      <Table
        label="Automations"
        rows={workflows}
        rowKey={({ id }) => id}
        columns={WORKFLOW_COLUMNS}
        onRowClick={({ id }) => navigate(`/workflows/${id}`)}
      />
    </Card>
  )
}
