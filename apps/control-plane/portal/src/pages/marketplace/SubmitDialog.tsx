import { Field, Input, Select, Textarea } from '@inlay/embed-ui/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../client.js'
import { FormDialog } from '../../layout/FormDialog.js'
import { useCall } from '../../useCall.js'
import type { Submission } from './submission.js'

interface SubmitDialogProps {
  /** Of which this is a newer version. */
  readonly earlier: Submission | undefined
  readonly onClose: () => void
  readonly onDone: () => void
}

const KINDS = [
  { value: 'template', label: 'A template' },
  { value: 'connector', label: 'A connector of your own' },
] as const

/** Hands in a template or a connector for review. */
export function SubmitDialog({ earlier, onClose, onDone }: SubmitDialogProps) {
  const [draft, setDraft] = useState(() => beginWith(earlier))
  const change: ChangeDraft = (next) => setDraft((before) => ({ ...before, ...next }))
  const submit = useCall(
    () => client.marketplace.submit.mutate({ ...(earlier === undefined ? {} : { id: earlier.id }), ...draft }),
    onDone,
  )
  return (
    <FormDialog
      onClose={onClose}
      title={earlier === undefined ? 'Hand something in' : 'Hand in a new version'}
      description="A copy of it is looked at. Once it is approved, other vendors can install it."
      submitLabel="Hand in"
      isBusy={submit.isPending}
      onSubmit={() => submit.mutate(undefined)}
    >
      {earlier === undefined && (
        <Field label="What">
          <Select
            options={KINDS}
            value={draft.kind}
            onValueChange={(next) =>
              change({ kind: KINDS.find(({ value }) => value === next)?.value ?? 'template', sourceId: '' })
            }
          />
        </Field>
      )}
      <SourceField draft={draft} onChange={change} />
      <ListingFields draft={draft} onChange={change} />
    </FormDialog>
  )
}

interface Draft extends Pick<Submission, 'kind' | 'name' | 'description' | 'version'> {
  readonly sourceId: string
}

type ChangeDraft = (next: Partial<Draft>) => void

interface DraftProps {
  readonly draft: Draft
  readonly onChange: ChangeDraft
}

function beginWith(earlier: Submission | undefined): Draft {
  if (earlier === undefined) return { kind: 'template', sourceId: '', name: '', description: '', version: '1.0.0' }
  const { kind, name, description, version } = earlier
  return { kind, sourceId: '', name, description, version: nextVersion(version) }
}

/** What a copy is made of. */
function SourceField({ draft: { kind, sourceId, name }, onChange }: DraftProps) {
  const sources = useSources(kind)
  const nameOf = (id: string): string => sources.find(({ value }) => value === id)?.label ?? ''
  return (
    <Field
      label={kind === 'template' ? 'Template' : 'Connector'}
      help={kind === 'connector' ? 'Connectors that your backend serves cannot be shared.' : ''}
    >
      <Select
        required
        placeholder="Choose one"
        options={sources}
        value={sourceId}
        onValueChange={(next) => onChange({ sourceId: next, ...(name === '' ? { name: nameOf(next) } : {}) })}
      />
    </Field>
  )
}

/** What others read about it. */
function ListingFields({ draft: { name, description, version }, onChange }: DraftProps) {
  return (
    <>
      <Field label="Name">
        <Input required maxLength={200} value={name} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <Field label="Description" help="What it does, and for whom.">
        <Textarea
          required
          maxLength={5000}
          value={description}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
      <Field label="Version">
        <Input
          required
          isMono
          pattern="\d+\.\d+\.\d+"
          value={version}
          onChange={(event) => onChange({ version: event.target.value })}
        />
      </Field>
    </>
  )
}

function useSources(kind: Submission['kind']): readonly { readonly value: string; readonly label: string }[] {
  const templates = useQuery({
    queryKey: ['templates', 'to-choose'],
    queryFn: () => client.templates.list.query({ limit: 100 }),
  })
  const connectors = useQuery({ queryKey: ['own-connectors'], queryFn: () => client.tenantConnectors.list.query({}) })
  return kind === 'template'
    ? (templates.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
    : (connectors.data?.data ?? [])
        .filter(({ source }) => source === 'openapi')
        .map(({ id, connector }) => ({ value: id, label: connector ?? id }))
}

function nextVersion(version: string): string {
  const [major = '1', minor = '0'] = version.split('.')
  return `${major}.${Number(minor) + 1}.0`
}
