import { EmptyState, Field, Input, RelativeTime, Select } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { ScrollText } from 'lucide-react'
import { useState } from 'react'
import { client } from '../client.js'
import { ListPage } from '../layout/ListPage.js'
import { usePages } from '../layout/usePages.js'
import { CustomerName } from './CustomerName.js'

type Filter = NonNullable<Parameters<ApiClient['auditLog']['list']['query']>[0]>
type Action = NonNullable<Filter['action']>
type Entry = Awaited<ReturnType<ApiClient['auditLog']['list']['query']>>['data'][number]

// Actions that are not put in words here are listed by their names.
const ACTIONS: Readonly<Partial<Record<Action, string>>> = {
  'connection.created': 'Account connected',
  'connection.updated': 'Account changed',
  'connection.reauthorized': 'Account connected again',
  'connection.tested': 'Account tested',
  'connection.deleted': 'Account deleted',
  'connection.proxied': 'Service called by proxy',
  'mcp.tool_called': 'Tool called by an agent',
  'connection.reconnect_needed': 'Account stopped working',
  'oauth_client.set': 'OAuth app set',
  'oauth_client.deleted': 'OAuth app removed',
  'oauth_authorization.begun': 'Sign-in begun',
  'oauth_authorization.confirmed': 'Sign-in confirmed',
  'oauth_authorization.failed': 'Sign-in failed',
  'app_events.set': 'App events set up',
  'app_events.rotated': 'App events: new address',
  'connector_trigger.stopped': 'Trigger stopped',
  'connector.configured': 'Connector set up',
  'catalog.configured': 'New connectors: default set',
  'tenant_connector.created': 'Own connector added',
  'tenant_connector.rotated': 'Own connector: new secret',
  'tenant_connector.deleted': 'Own connector removed',
  'marketplace.submitted': 'Handed in to the marketplace',
  'marketplace.withdrawn': 'Taken back from the marketplace',
  'marketplace.installed': 'Installed from the marketplace',
  'marketplace.uninstalled': 'Removed again from the workspace',
  'secret.read': 'Secret read',
  'key.rewrapped': 'Key wrapped anew',
  'key.rotated': 'Key replaced',
  'member.signed_in': 'Member signed in',
  'member.sign_in_failed': 'Sign-in refused',
  'member.sign_in_locked': 'Account locked for minutes',
  'embed.refused': 'Embed token refused',
  'api_key.created': 'API key made',
  'api_key.used': 'API key used',
  'api_key.revoked': 'API key revoked',
  'signing_key.created': 'Signing key made',
  'signing_key.revoked': 'Signing key revoked',
  'webhook_endpoint.created': 'Webhook endpoint added',
  'webhook_endpoint.updated': 'Webhook endpoint changed',
  'webhook_endpoint.rotated': 'Webhook endpoint: new secret',
  'webhook_endpoint.deleted': 'Webhook endpoint deleted',
  'webhook_endpoint.disabled': 'Webhook endpoint switched off by itself',
  'customer.deleted': 'Customer deleted',
  'tenant.branded': 'Brand changed',
  'guardrails.changed': 'Guardrails changed',
  'domain.added': 'Domain added',
  'domain.verified': 'Domain verified',
  'domain.failing': 'Domain failing',
  'domain.stopped': 'Domain out of use',
  'domain.removed': 'Domain removed',
  'file.uploaded': 'File uploaded',
  'file.deleted': 'File deleted',
}

const ACTORS: Readonly<Record<string, string>> = {
  member: 'Member',
  apiKey: 'API key',
  endUser: 'End user',
  run: 'Run',
  system: 'The system',
  operator: 'Operator',
  anonymous: 'Unknown',
}

interface Filters {
  readonly action: Action | ''
  readonly since: string
  readonly until: string
  readonly target: string
}

/** What was done in the tenant, newest first. */
export function AuditLogPage() {
  const [filters, setFilters] = useState<Filters>({ action: '', since: '', until: '', target: '' })
  const pages = usePages(['audit-log', filters], (cursor) =>
    client.auditLog.list.query({ ...cursor, ...toQuery(filters) }),
  )
  return (
    <ListPage
      title="Audit log"
      description="Who did what, newest first. Nothing secret is in it."
      filters={<FilterBar filters={filters} onChange={setFilters} />}
      pages={pages}
      label="Audit log"
      rowKey={({ id }) => id}
      columns={COLUMNS}
      empty={<EmptyState icon={<ScrollText />} title="Nothing found" text="Choose another action or time above." />}
    />
  )
}

/** Days are the member's own: from the first one's beginning to the last one's end. */
function toQuery({ action, since, until, target }: Filters): Filter {
  const end = until === '' ? undefined : new Date(`${until}T00:00:00`)
  end?.setDate(end.getDate() + 1)
  return {
    ...(action === '' ? {} : { action }),
    ...(since === '' ? {} : { since: new Date(`${since}T00:00:00`).toISOString() }),
    ...(end === undefined ? {} : { until: end.toISOString() }),
    ...(target.trim() === '' ? {} : { targetId: target.trim() }),
  }
}

interface FilterBarProps {
  readonly filters: Filters
  readonly onChange: (filters: Filters) => void
}

function FilterBar({ filters, onChange }: FilterBarProps) {
  return (
    <>
      <Field label="Action">
        <Select
          placeholder="All actions"
          value={filters.action}
          options={Object.entries(ACTIONS).map(([value, label]) => ({ value, label }))}
          // The options are the keys of ACTIONS.
          onValueChange={(next) => onChange({ ...filters, action: next as Action | '' })}
        />
      </Field>
      <Field label="From">
        <Input
          type="date"
          value={filters.since}
          onChange={({ target }) => onChange({ ...filters, since: target.value })}
        />
      </Field>
      <Field label="To">
        <Input
          type="date"
          value={filters.until}
          onChange={({ target }) => onChange({ ...filters, until: target.value })}
        />
      </Field>
      <Field label="Id of what it was done to">
        <Input
          isMono
          value={filters.target}
          onChange={({ target }) => onChange({ ...filters, target: target.value })}
        />
      </Field>
    </>
  )
}

const COLUMNS = [
  {
    id: 'action',
    header: 'Action',
    isTitle: true,
    // The log may hold actions of a later release.
    cell: ({ action }: Entry) => (ACTIONS as Readonly<Record<string, string>>)[action] ?? action,
  },
  {
    id: 'actor',
    header: 'By',
    cell: ({ actor }: Entry) => (
      <span className="state-cell">
        {ACTORS[actor.kind] ?? actor.kind}
        <small className="muted id" title={actor.id}>
          {actor.id}
        </small>
      </span>
    ),
  },
  {
    id: 'target',
    header: 'On',
    cell: ({ target }: Entry) =>
      target === null ? (
        ''
      ) : (
        <small className="muted id" title={target.id}>
          {target.id}
        </small>
      ),
  },
  {
    id: 'customer',
    header: 'Customer',
    isSecondary: true,
    cell: ({ customerId }: Entry) => (customerId === null ? '' : <CustomerName id={customerId} />),
  },
  { id: 'ip', header: 'Address', isSecondary: true, cell: ({ ip }: Entry) => (ip === null ? '' : <code>{ip}</code>) },
  { id: 'at', header: 'When', cell: ({ at }: Entry) => <RelativeTime at={at} /> },
]
