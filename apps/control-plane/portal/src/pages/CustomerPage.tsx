import { Button, CopyButton, EmptyState, PageHeader } from '@inlay/embed-ui/ui'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, Plus, Workflow } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { client } from '../client.js'
import { CustomerGuardrails } from '../guardrails/CustomerGuardrails.js'
import { ListBody } from '../layout/ListPage.js'
import { Loaded } from '../layout/Loaded.js'
import { usePageName } from '../layout/page-name.js'
import { usePages } from '../layout/usePages.js'
import { useMay } from '../useMay.js'
import { NewAutomationDialog } from './NewAutomationDialog.js'
import { WorkflowTable } from './WorkflowTable.js'

/** One customer and its automations. */
export function CustomerPage({ id }: { readonly id: string }) {
  const customer = useQuery({ queryKey: ['customer', id], queryFn: () => client.customers.get.query({ id }) })
  usePageName(customer.data?.name)
  const may = useMay()
  const [, navigate] = useLocation()
  const [isBeginning, setBeginning] = useState(false)
  const createButton = may('workflows:write') && (
    <Button variant="primary" icon={<Plus size={16} />} onClick={() => setBeginning(true)}>
      New automation
    </Button>
  )
  return (
    <>
      <Link href="/customers" className="back">
        <ArrowLeft size={14} aria-hidden="true" /> Customers
      </Link>
      <Loaded query={customer} page="Customer">
        {({ name, externalId }) => (
          <PageHeader
            title={name}
            description={
              <span className="with-copy">
                <code>{externalId}</code>
                <CopyButton text={externalId} />
              </span>
            }
            actions={createButton}
          />
        )}
      </Loaded>
      {!customer.isError && (
        <>
          <Automations customerId={id} actions={createButton} />
          <div className="after">
            <CustomerGuardrails customerId={id} />
          </div>
        </>
      )}
      {isBeginning && (
        <NewAutomationDialog
          customerId={id}
          onClose={() => setBeginning(false)}
          onMade={(workflowId) => navigate(`/workflows/${workflowId}`)}
        />
      )}
    </>
  )
}

interface AutomationsProps {
  readonly customerId: string
  /** Shown when there are none. */
  readonly actions: ReactNode
}

function Automations({ customerId, actions }: AutomationsProps) {
  const pages = usePages(['workflows', { customerId }], (cursor) =>
    client.workflows.list.query({ ...cursor, customerId }),
  )
  return (
    <ListBody
      pages={pages}
      empty={
        <EmptyState
          icon={<Workflow />}
          title="No automations yet"
          text="Create the first one for this customer, or let its people do so in the builder."
          actions={actions}
        />
      }
      draw={(rows) => <WorkflowTable workflows={rows} />}
    />
  )
}
