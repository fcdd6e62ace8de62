import { Button, Card, EmptyState, Field, Input, PageHeader, RelativeTime, Select, Table } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { client } from '../client.js'
import { ConfirmCall } from '../layout/ConfirmCall.js'
import { FormDialog } from '../layout/FormDialog.js'
import { LoadedList } from '../layout/Loaded.js'
import { SecretDialog } from '../layout/SecretDialog.js'
import { useCall } from '../useCall.js'
import { useMay } from '../useMay.js'
import { keyColumns } from './key-columns.js'

type ApiKey = Awaited<ReturnType<ApiClient['apiKeys']['list']['query']>>['data'][number]
type Scope = Parameters<ApiClient['apiKeys']['create']['mutate']>[0]['scopes'][number]

const SCOPES: readonly { value: string; label: string; scopes: Scope[] }[] = [
  { value: 'all', label: 'Everything', scopes: ['*'] },
  {
    value: 'read',
    label: 'Read only',
    scopes: ['customers:read', 'workflows:read', 'runs:read', 'connectors:read', 'connections:read'],
  },
  {
    value: 'run',
    label: 'Start and watch runs',
    scopes: ['workflows:read', 'runs:read', 'runs:start', 'runs:cancel', 'runs:rerun'],
  },
]

/** Keys with which the tenant's programs call the API. */
export function ApiKeysPage() {
  const keys = useQuery({ queryKey: ['api-keys'], queryFn: () => client.apiKeys.list.query({}) })
  const [isCreating, setCreating] = useState(false)
  const create = useMay()('apiKeys:write') && (
    <Button variant="primary" icon={<Plus size={16} />} onClick={() => setCreating(true)}>
      New key
    </Button>
  )
  return (
    <>
      <PageHeader title="API keys" description="For your own programs. Keep them on your servers." actions={create} />
      <LoadedList
        query={keys}
        empty={
          <EmptyState icon={<KeyRound />} title="No API keys" text="Create one to call the API." actions={create} />
        }
      >
        {(rows) => <KeyTable keys={rows} />}
      </LoadedList>
      {isCreating && <CreateKey onClose={() => setCreating(false)} />}
    </>
  )
}

function KeyTable({ keys }: { readonly keys: readonly ApiKey[] }) {
  const queries = useQueryClient()
  const mayWrite = useMay()('apiKeys:write')
  const [revoking, setRevoking] = useState<ApiKey>()
  return (
    <>
      <Card isPadded={false}>
        <Table
          label="API keys"
          rows={keys}
          rowKey={({ id }) => id}
          columns={[
            { id: 'name', header: 'Name', isTitle: true, cell: ({ name }) => <strong>{name}</strong> },
            { id: 'prefix', header: 'Key', cell: ({ prefix }) => <code>{prefix}…</code> },
            {
              id: 'scopes',
              header: 'May do',
              isSecondary: true,
              cell: ({ scopes }) => (scopes.includes('*') ? 'Everything' : scopes.join(', ')),
            },
            {
              id: 'used',
              header: 'Last used',
              narrowLabel: 'Used',
              cell: ({ lastUsedAt }) =>
                lastUsedAt === null ? <span className="muted">Never</span> : <RelativeTime at={lastUsedAt} />,
            },
            ...keyColumns<ApiKey>({ nameOf: ({ name }) => name, ...(mayWrite ? { onRevoke: setRevoking } : {}) }),
          ]}
        />
      </Card>
      {revoking !== undefined && (
        <ConfirmCall
          title={`Revoke “${revoking.name}”?`}
          text="Programs that use this key are refused from now on. This cannot be undone."
          confirmLabel="Revoke"
          call={() => client.apiKeys.revoke.mutate({ id: revoking.id })}
          onClose={() => setRevoking(undefined)}
          onDone={() => void queries.invalidateQueries({ queryKey: ['api-keys'] })}
        />
      )}
    </>
  )
}

function CreateKey({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [choice, setChoice] = useState('all')
  const create = useCall(
    () => client.apiKeys.create.mutate({ name, scopes: SCOPES.find(({ value }) => value === choice)?.scopes ?? ['*'] }),
    () => void queries.invalidateQueries({ queryKey: ['api-keys'] }),
  )
  if (create.data !== undefined) {
    const text = 'It is shown this once and cannot be read again.'
    return (
      <SecretDialog title="Your new key" text={text} secret={create.data.secret} label="API key" onClose={onClose} />
    )
  }
  return (
    <FormDialog
      onClose={onClose}
      title="New API key"
      submitLabel="Create"
      isBusy={create.isPending}
      onSubmit={() => create.mutate(undefined)}
    >
      <Field label="Name" help="What uses the key.">
        <Input required value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="It may">
        <Select options={SCOPES} value={choice} onValueChange={setChoice} />
      </Field>
    </FormDialog>
  )
}
