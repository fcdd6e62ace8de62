import { Badge, Button, Callout, Dialog, Field, Textarea, useToast } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { Upload } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { client } from '../../client.js'
import { useCall } from '../../useCall.js'

interface ImportDialogProps {
  readonly onClose: () => void
  readonly onDone: () => void
}

type Reading = Awaited<ReturnType<ApiClient['tenantConnectors']['readOpenApi']['mutate']>>

/** Makes a connector of an OpenAPI document: first what it would be, then it is added. */
export function ImportDialog({ onClose, onDone }: ImportDialogProps) {
  const toast = useToast()
  const [text, setText] = useState('')
  const read = useCall((document: string) => client.tenantConnectors.readOpenApi.mutate({ document }))
  const add = useCall(
    (definition: Reading['definition']) => client.tenantConnectors.importOpenApi.mutate({ definition }),
    () => {
      toast({ tone: 'success', title: 'Added' })
      onDone()
      onClose()
    },
  )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    read.mutate(text)
  }
  const found = read.data
  return (
    <Dialog
      isOpen
      width="large"
      onClose={onClose}
      title="Import an OpenAPI document"
      description="OpenAPI 3 or Swagger 2, JSON or YAML. References to other files are left out: bundle it first."
      footer={
        <>
          <Button onClick={found === undefined ? onClose : () => read.reset()}>
            {found === undefined ? 'Cancel' : 'Back'}
          </Button>
          {found === undefined ? (
            <Button type="submit" form="import" variant="primary" isBusy={read.isPending} disabled={text.trim() === ''}>
              Look at it
            </Button>
          ) : (
            <Button variant="primary" isBusy={add.isPending} onClick={() => add.mutate(found.definition)}>
              Add the connector
            </Button>
          )}
        </>
      }
    >
      {found === undefined ? (
        <form id="import" className="form document" onSubmit={submit}>
          <DocumentField value={text} onChange={setText} />
        </form>
      ) : (
        <Report reading={found} />
      )}
    </Dialog>
  )
}

interface DocumentFieldProps {
  readonly value: string
  readonly onChange: (text: string) => void
}

function DocumentField({ value, onChange }: DocumentFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <Field
      label="Document"
      action={
        <>
          <input
            ref={input}
            type="file"
            hidden
            accept=".json,.yaml,.yml"
            onChange={(event) => {
              void event.target.files?.[0]?.text().then(onChange)
              // The same file can be chosen again.
              event.target.value = ''
            }}
          />
          <Button size="small" icon={<Upload size={14} />} onClick={() => input.current?.click()}>
            Choose a file
          </Button>
        </>
      }
    >
      <Textarea
        isMono
        rows={14}
        spellCheck={false}
        placeholder="openapi: 3.1.0"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}

const KINDS = {
  left_out: { label: 'Left out', tone: 'warning' },
  changed: { label: 'Changed', tone: 'info' },
  advice: { label: 'Look at', tone: 'neutral' },
} as const

function Report({ reading: { definition, notes } }: { readonly reading: Reading }) {
  const { name, version, operations, triggers } = outline(definition)
  const leftOut = notes.filter(({ kind }) => kind === 'left_out').length
  return (
    <div className="form" role="status">
      <Callout tone={leftOut === 0 ? 'success' : 'info'} title={`${name}, version ${version}`}>
        {operations === 1 ? 'One action' : `${operations} actions`}
        {triggers === 0 ? '' : triggers === 1 ? ', one trigger' : `, ${triggers} triggers`}.{' '}
        {leftOut === 0 ? 'Nothing was left out.' : `Left out: ${leftOut}.`}
      </Callout>
      {notes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        <ul className="import-notes" aria-label="Notes" tabIndex={0}>
          {notes.map(({ kind, pointer, reason }) => (
            <li key={`${kind} ${pointer} ${reason}`}>
              <Badge tone={KINDS[kind].tone}>{KINDS[kind].label}</Badge> {reason}{' '}
              <code className="muted">{pointer}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What people want to know of a description first. */
function outline(definition: unknown) {
  // The server has just made it; the connector's page shows the rest.
  const made = definition as { name: string; version: string; operations: unknown[]; triggers: unknown[] }
  const { name, version, operations, triggers } = made
  return { name, version, operations: operations.length, triggers: triggers.length }
}
