import { Button, type Column, EmptyState, Field, Input, RelativeTime, SearchInput } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQueryClient } from '@tanstack/react-query'
import { Building2, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { client } from '../client.js'
import { FormDialog } from '../layout/FormDialog.js'
import { ListPage } from '../layout/ListPage.js'
import { usePages } from '../layout/usePages.js'
import { useCall } from '../useCall.js'
import { useMay } from '../useMay.js'

type Customer = Awaited<ReturnType<ApiClient['customers']['list']['query']>>['data'][number]

/** The tenant's customers. */
export function CustomersPage() {
  const [, navigate] = useLocation()
  const [search, setSearch] = useState('')
  const [isCreating, setCreating] = useState(false)
  const pages = usePages(['customers', search], (cursor) =>
    client.customers.list.query({ ...cursor, ...(search === '' ? {} : { search }) }),
  )
  const create = useMay()('customers:write') && (
    <Button variant="primary" icon={<Plus size={16} />} onClick={() => setCreating(true)}>
      New customer
    </Button>
  )
  return (
    <>
      <ListPage
        title="Customers"
        description="The organisations that automate with your product."
        actions={create}
        filters={
          <SearchInput
            aria-label="Search customers"
            placeholder="Search customers"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        }
        pages={pages}
        label="Customers"
        rowKey={({ id }) => id}
        onRowClick={({ id }) => navigate(`/customers/${id}`)}
        columns={COLUMNS}
        empty={search === '' ? <NoCustomers actions={create} /> : <NoMatch />}
      />
      {isCreating && <CreateCustomer onClose={() => setCreating(false)} />}
    </>
  )
}

function NoCustomers({ actions }: { readonly actions: ReactNode }) {
  return (
    <EmptyState
      icon={<Building2 />}
      title="No customers yet"
      text="They appear when their people first open the builder, or when you create them."
      actions={actions}
    />
  )
}

function NoMatch() {
  return (
    <EmptyState
      icon={<Building2 />}
      title="No customer matches"
      text="Search for a part of the name or of your own id."
    />
  )
}

const COLUMNS: readonly Column<Customer>[] = [
  {
    id: 'name',
    header: 'Name',
    isTitle: true,
    cell: ({ id, name }) => <Link href={`/customers/${id}`}>{name}</Link>,
  },
  { id: 'externalId', header: 'Your id', cell: ({ externalId }) => <code>{externalId}</code> },
  {
    id: 'workflows',
    header: 'Automations',
    narrowLabel: 'Automations',
    align: 'end',
    cell: ({ workflowCount }) => workflowCount,
  },
  { id: 'created', header: 'Since', isSecondary: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
]

function CreateCustomer({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [externalId, setExternalId] = useState('')
  const create = useCall(
    () => client.customers.create.mutate({ name, externalId }),
    () => {
      void queries.invalidateQueries({ queryKey: ['customers'] })
      onClose()
    },
  )
  return (
    <FormDialog
      onClose={onClose}
      title="New customer"
      submitLabel="Create"
      isBusy={create.isPending}
      onSubmit={() => create.mutate(undefined)}
    >
      <Field label="Name">
        <Input required value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Your id" help="How your own product names this organisation. Embed tokens carry it.">
        <Input required isMono value={externalId} onChange={(event) => setExternalId(event.target.value)} />
      </Field>
    </FormDialog>
  )
}
