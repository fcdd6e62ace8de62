import { Badge, Button, type Column, EmptyState, IconButton, Menu, RelativeTime } from '@inlay/embed-ui/ui'
import { useQueryClient } from '@tanstack/react-query'
import { Ellipsis, LayoutTemplate, Plus } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../client.js'
import { ConfirmCall } from '../../layout/ConfirmCall.js'
import { ListPage } from '../../layout/ListPage.js'
import { usePages } from '../../layout/usePages.js'
import { useMay } from '../../useMay.js'
import { TemplateDialog } from './TemplateDialog.js'
import type { Template } from './template.js'

/** What customers begin their automations from. */
export function TemplatesPage() {
  const queries = useQueryClient()
  const mayWrite = useMay()('templates:write')
  const [editing, setEditing] = useState<Template | 'new'>()
  const [deleting, setDeleting] = useState<Template>()
  const pages = usePages(['templates'], (cursor) => client.templates.list.query(cursor))
  const refresh = (): void => {
    setEditing(undefined)
    setDeleting(undefined)
    void queries.invalidateQueries({ queryKey: ['templates'] })
  }
  const create = mayWrite && (
    <Button variant="primary" icon={<Plus size={16} />} onClick={() => setEditing('new')}>
      New template
    </Button>
  )
  return (
    <>
      <ListPage
        title="Templates"
        description="What customers begin their automations from."
        actions={create}
        pages={pages}
        label="Templates"
        rowKey={({ id }) => id}
        columns={mayWrite ? [...COLUMNS, commandColumn(setEditing, setDeleting)] : COLUMNS}
        empty={
          <EmptyState
            icon={<LayoutTemplate />}
            title="No templates yet"
            text="Build an automation for a customer, then make a template of it."
            actions={create}
          />
        }
      />
      {editing !== undefined && (
        <TemplateDialog
          template={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onDone={refresh}
        />
      )}
      {deleting !== undefined && (
        <DeleteTemplate template={deleting} onClose={() => setDeleting(undefined)} onDone={refresh} />
      )}
    </>
  )
}

type Take = (template: Template) => void

function commandColumn(onEdit: Take, onDelete: Take): Column<Template> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    align: 'end',
    cell: (template) => (
      <Menu
        trigger={
          <IconButton label={`More about ${template.name}`} variant="ghost">
            <Ellipsis size={16} />
          </IconButton>
        }
        items={[
          { id: 'edit', label: 'Edit', onSelect: () => onEdit(template) },
          { id: 'delete', label: 'Delete', isDanger: true, onSelect: () => onDelete(template) },
        ]}
      />
    ),
  }
}

interface DeleteTemplateProps {
  readonly template: Template
  readonly onClose: () => void
  readonly onDone: () => void
}

function DeleteTemplate({ template: { id, name }, onClose, onDone }: DeleteTemplateProps) {
  return (
    <ConfirmCall
      title={`Delete “${name}”?`}
      text="Nobody can begin from it any more. Automations that were made of it go on."
      confirmLabel="Delete"
      call={() => client.templates.delete.mutate({ id })}
      onClose={onClose}
      onDone={onDone}
    />
  )
}

function Kinds({ template: { settings, listingId } }: { readonly template: Template }) {
  return (
    <span className="state">
      <Badge tone={settings === null ? 'neutral' : 'info'}>{settings === null ? 'Template' : 'With settings'}</Badge>
      {listingId !== null && <Badge>From the marketplace</Badge>}
    </span>
  )
}

const COLUMNS = [
  {
    id: 'name',
    header: 'Name',
    isTitle: true,
    cell: ({ name, description }: Template) => (
      <span className="state-cell">
        <strong>{name}</strong>
        <small className="muted clamp">{description}</small>
      </span>
    ),
  },
  { id: 'useCase', header: 'For', isSecondary: true, cell: ({ useCase }: Template) => useCase ?? '' },
  { id: 'kind', header: 'Kind', cell: (template: Template) => <Kinds template={template} /> },
  {
    id: 'updated',
    header: 'Changed',
    isSecondary: true,
    cell: ({ updatedAt }: Template) => <RelativeTime at={updatedAt} />,
  },
] as const
