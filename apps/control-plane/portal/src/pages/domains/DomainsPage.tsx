import { Button, EmptyState, Field, Input, PageHeader } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Globe, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { client } from '../../client.js'
import { FormDialog } from '../../layout/FormDialog.js'
import { LoadedList } from '../../layout/Loaded.js'
import { useCall } from '../../useCall.js'
import { useMay } from '../../useMay.js'
import { DomainCard } from './DomainCard.js'
import './domains.css'

/** Names of the tenant's own, under which its customers reach their automations. */
export function DomainsPage() {
  const may = useMay()
  const domains = useQuery({ queryKey: ['domains'], queryFn: () => client.domains.list.query({}) })
  const [isAdding, setAdding] = useState(false)
  const add = may('tenant:update') && (
    <Button variant="primary" icon={<Plus size={16} />} onClick={() => setAdding(true)}>
      Add domain
    </Button>
  )
  return (
    <>
      <PageHeader
        title="Domains"
        description="Your customers see your own address: where they sign in, in links, and in the addresses of webhooks."
        actions={add}
      />
      <LoadedList query={domains} empty={<NoDomains actions={add} />}>
        {(rows) => (
          <div className="sections">
            {rows.map((domain) => (
              <DomainCard key={domain.id} domain={domain} mayChange={may('tenant:update')} />
            ))}
          </div>
        )}
      </LoadedList>
      {isAdding && <AddDomain onClose={() => setAdding(false)} />}
    </>
  )
}

function NoDomains({ actions }: { readonly actions: ReactNode }) {
  return (
    <EmptyState
      icon={<Globe />}
      title="No domain of yours yet"
      text="Choose a name such as automations.your-company.com. You set two DNS records for it; the certificate comes by itself. Until then, links have the address of this deployment."
      actions={
        <>
          {actions}
          <a className="reading" href="/docs/guides/custom-domains.md" target="_blank" rel="noreferrer">
            Read the guide
          </a>
        </>
      }
    />
  )
}

function AddDomain({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const add = useCall(
    () => client.domains.add.mutate({ name }),
    () => {
      void queries.invalidateQueries({ queryKey: ['domains'] })
      onClose()
    },
  )
  return (
    <FormDialog
      onClose={onClose}
      title="Add a domain"
      submitLabel="Add"
      isBusy={add.isPending}
      onSubmit={() => add.mutate(undefined)}
    >
      <Field
        label="Domain"
        help="A name below a domain that you have registered, which is not in use for anything else."
      >
        <Input
          required
          autoFocus
          autoCapitalize="none"
          spellCheck={false}
          placeholder="automations.your-company.com"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
    </FormDialog>
  )
}
