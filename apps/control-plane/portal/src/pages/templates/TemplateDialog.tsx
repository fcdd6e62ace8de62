import { Field, Input, Select, Textarea } from '@inlay/embed-ui/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../client.js'
import { FormDialog } from '../../layout/FormDialog.js'
import { useCall } from '../../useCall.js'
import { readSettings } from './read-settings.js'
import type { Template } from './template.js'

interface TemplateDialogProps {
  /** Undefined: a new one is made of an automation. */
  readonly template: Template | undefined
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Makes a template of an automation, or changes what one says of itself. */
export function TemplateDialog({ template, onClose, onDone }: TemplateDialogProps) {
  const [workflowId, setWorkflowId] = useState('')
  const [name, setName] = useState(template?.name ?? '')
  const [description, setDescription] = useState(template?.description ?? '')
  const [useCase, setUseCase] = useState(template?.useCase ?? '')
  const [text, setText] = useState(
    template === undefined || template.settings === null ? '' : JSON.stringify(template.settings, null, 2),
  )
  const settings = readSettings(text)
  const save = useCall(async () => {
    const about = { name, description, useCase: useCase.trim() === '' ? null : useCase, settings: settings.value }
    if (template !== undefined) return client.templates.update.mutate({ id: template.id, ...about })
    const { draft } = await client.workflows.get.query({ id: workflowId })
    return client.templates.create.mutate({ ...about, definition: draft.definition })
  }, onDone)
  const submit = (): void => {
    if (settings.problem === undefined) save.mutate(undefined)
  }
  return (
    <FormDialog
      onClose={onClose}
      title={template === undefined ? 'New template' : 'Edit the template'}
      submitLabel={template === undefined ? 'Create' : 'Save'}
      isBusy={save.isPending}
      onSubmit={submit}
    >
      {template === undefined && (
        <WorkflowChoice
          value={workflowId}
          onChoose={(id, title) => {
            setWorkflowId(id)
            if (name === '') setName(title)
          }}
        />
      )}
      <Field label="Name">
        <Input required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Description" help="What it does for those who use it.">
        <Textarea maxLength={5000} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <Field label="Use case" help="Templates are grouped by it, such as “Orders”." isOptional>
        <Input maxLength={80} value={useCase} onChange={(event) => setUseCase(event.target.value)} />
      </Field>
      <Field
        label="Settings"
        help="A JSON Schema of what customers set; steps read it as vars. With it, the template is also a switch in the list of automations."
        isOptional
        {...(settings.problem === undefined ? {} : { error: settings.problem })}
      >
        <Textarea isMono rows={6} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </FormDialog>
  )
}

interface WorkflowChoiceProps {
  readonly value: string
  readonly onChoose: (id: string, name: string) => void
}

function WorkflowChoice({ value, onChoose }: WorkflowChoiceProps) {
  const workflows = useQuery({
    queryKey: ['workflows', 'to-choose'],
    queryFn: () => client.workflows.list.query({ limit: 100 }),
  })
  const rows = workflows.data?.data ?? []
  return (
    <Field label="Automation" help="Its draft is copied. Accounts are left out.">
      <Select
        required
        placeholder="Choose an automation"
        value={value}
        options={rows.map(({ id, name }) => ({ value: id, label: name }))}
        onValueChange={(id) => onChoose(id, rows.find((row) => row.id === id)?.name ?? '')}
      />
    </Field>
  )
}
