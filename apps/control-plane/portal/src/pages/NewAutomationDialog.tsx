import { Dialog, EmptyState, SearchInput } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQuery } from '@tanstack/react-query'
import { FileText, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { client } from '../client.js'
import { Loaded } from '../layout/Loaded.js'
import { useCall } from '../useCall.js'

type Template = Awaited<ReturnType<ApiClient['templates']['list']['query']>>['data'][number]

interface NewAutomationDialogProps {
  readonly customerId: string
  readonly onClose: () => void
  readonly onMade: (workflowId: string) => void
}

/** Begins an automation for a customer: blank, or from one of the templates. */
export function NewAutomationDialog({ customerId, onClose, onMade }: NewAutomationDialogProps) {
  const templates = useQuery({
    queryKey: ['templates', 'to-begin-from'],
    queryFn: () => client.templates.list.query({ limit: 100 }),
  })
  const [search, setSearch] = useState('')
  const make = useCall(
    (template: Template | null) =>
      template === null
        ? client.workflows.create.mutate({ customerId, name: 'New automation' })
        : client.templates.use.mutate({ id: template.id, customerId }),
    ({ id }) => onMade(id),
  )
  return (
    <Dialog isOpen onClose={onClose} title="New automation" description="Begin blank, or from a template.">
      <div className="begin">
        <Beginning
          icon={<Plus size={16} aria-hidden="true" />}
          name="Blank automation"
          text="A webhook, and no steps yet."
          isBusy={make.isPending}
          onClick={() => make.mutate(null)}
        />
        <Loaded query={templates}>
          {({ data }) => (
            <>
              {data.length > 8 && (
                <SearchInput
                  aria-label="Search templates"
                  placeholder="Search templates"
                  value={search}
                  onChange={(event) => setSearch(event.target.value)}
                />
              )}
              <TemplateGroups
                templates={data.filter((template) => isMeant(template, search))}
                isBusy={make.isPending}
                onChoose={(template) => make.mutate(template)}
              />
              {data.length > 0 && !data.some((template) => isMeant(template, search)) && (
                <EmptyState title="No such template" text="Search for other words." />
              )}
            </>
          )}
        </Loaded>
      </div>
    </Dialog>
  )
}

interface TemplateGroupsProps {
  readonly templates: readonly Template[]
  readonly isBusy: boolean
  readonly onChoose: (template: Template) => void
}

/** By use case; those without one come last. */
function TemplateGroups({ templates, isBusy, onChoose }: TemplateGroupsProps) {
  const named = [...new Set(templates.flatMap(({ useCase }) => useCase ?? []))].sort((a, b) => a.localeCompare(b))
  return [...named, null].map((useCase) => {
    const ofGroup = templates.filter((template) => template.useCase === useCase)
    if (ofGroup.length === 0) return null
    const title = useCase ?? 'Other'
    return (
      <section key={title} aria-label={title} className="begin">
        <h3>{title}</h3>
        {ofGroup.map((template) => (
          <Beginning
            key={template.id}
            icon={<FileText size={16} aria-hidden="true" />}
            name={template.name}
            text={template.description}
            isBusy={isBusy}
            onClick={() => onChoose(template)}
          />
        ))}
      </section>
    )
  })
}

interface BeginningProps {
  readonly icon: ReactNode
  readonly name: string
  readonly text: string
  readonly isBusy: boolean
  readonly onClick: () => void
}

function Beginning({ icon, name, text, isBusy, onClick }: BeginningProps) {
  return (
    <button type="button" className="beginning" disabled={isBusy} onClick={onClick}>
      {icon}
      <span>
        <strong>{name}</strong>
        <small className="clamp">{text}</small>
      </span>
    </button>
  )
}

function isMeant({ name, description, useCase }: Template, search: string): boolean {
  return `${name} ${description} ${useCase ?? ''}`.toLowerCase().includes(search.trim().toLowerCase())
}
