import { EmptyState, SearchInput } from '@inlay/embed-ui/ui'
import { Workflow } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../client.js'
import { ListPage } from '../layout/ListPage.js'
import { usePages } from '../layout/usePages.js'
import { WORKFLOW_COLUMNS_WITH_CUSTOMER } from './WorkflowTable.js'

/** The automations of all customers. */
export function WorkflowsPage() {
  const [search, setSearch] = useState('')
  const [, navigate] = useLocation()
  const pages = usePages(['workflows', search], (cursor) =>
    client.workflows.list.query({ ...cursor, ...(search === '' ? {} : { search }) }),
  )
  return (
    <ListPage
      title="Automations"
      description="What your customers automate, across all of them."
      filters={
        <SearchInput
          aria-label="Search automations"
          placeholder="Search automations"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      }
      pages={pages}
      label="Automations"
      rowKey={({ id }) => id}
      onRowClick={({ id }) => navigate(`/workflows/${id}`)}
      columns={WORKFLOW_COLUMNS_WITH_CUSTOMER}
      empty={
        search === '' ? (
          <EmptyState icon={<Workflow />} title="No automations yet" text="Open a customer to create one." />
        ) : (
          <EmptyState icon={<Workflow />} title="No automation matches" text="Search for a part of its name." />
        )
      }
    />
  )
}
