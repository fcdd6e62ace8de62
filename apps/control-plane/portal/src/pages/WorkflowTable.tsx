import { Badge, RelativeTime, RunStatusBadge, Table } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { Link, useLocation } from 'wouter'

export type WorkflowSummary = Awaited<ReturnType<ApiClient['workflows']['list']['query']>>['data'][number]

/** The columns in which automations are listed. */
export const WORKFLOW_COLUMNS = [
  {
    id: 'name',
    header: 'Name',
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
      lastRun === null ? <span className="muted">never</span> : <RunStatusBadge status={lastRun.status} />,
  },
  {
    id: 'updated',
    header: 'Changed',
    isSecondary: true,
    cell: ({ updatedAt }: WorkflowSummary) => <RelativeTime at={updatedAt} />,
  },
] as const

const TRIGGERS: Readonly<Record<string, string>> = {
  webhook: 'by webhook',
  schedule: 'by schedule',
  event: 'by event',
  manual: 'by hand',
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
    <Table
      label="Automations"
      rows={workflows}
      rowKey={({ id }) => id}
      columns={WORKFLOW_COLUMNS}
      onRowClick={({ id }) => navigate(`/workflows/${id}`)}
    />
  )
}
