import type { JsonObject } from '@inlay/engine'
import { type FormEvent, useId, useState } from 'react'
import { type ApiProblem, problemText, readProblem } from '../data/api-error.js'
import type { Connection, ConnectorSummary } from '../data/api-types.js'
import { FieldDataProvider } from '../forms/data-context.js'
import { FormProvider } from '../forms/form-context.js'
import { SchemaForm } from '../forms/SchemaForm.js'
import { schemaFields } from '../forms/schema.js'
import { useEditor } from '../hooks/useEditor.js'
import { useEmit } from '../hooks/useEvents.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Input } from '../ui/Input.js'
import styles from './panels.module.css'

export interface NewConnectionDialogProps {
  readonly connector: ConnectorSummary
  readonly onClose: () => void
  readonly onCreated: (connection: Connection) => void
}

/** Asks for the credentials of a service, checks and stores them. */
export function NewConnectionDialog({ connector, onClose, onCreated }: NewConnectionDialogProps) {
  const t = useTexts()
  const formId = useId()
  const [method] = connector.auth
  const schema = method?.schema ?? {}
  const form = useNewConnection(connector, onCreated)
  const missing = schemaFields(schema).filter(({ name, isRequired }) => isRequired && (form.values[name] ?? '') === '')
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('connection.newTitle', { name: connector.name })}
      description={method?.help ?? undefined}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" type="submit" form={formId} isBusy={form.isBusy} disabled={missing.length > 0}>
            {t('connection.connect')}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles['stack']} onSubmit={form.submit}>
        {form.problem !== undefined && (
          <Callout tone="danger" title={t('connection.failed')}>
            {problemText(form.problem)}
          </Callout>
        )}
        <Field label={t('connection.name')} help={t('connection.nameHelp')}>
          <Input value={form.name} onChange={(event) => form.setName(event.target.value)} />
        </Field>
        {/* Credentials are never data of a run: no picker, and secrets are hidden. */}
        <FieldDataProvider value={undefined}>
          <FormProvider value={{ issues: [] }}>
            <SchemaForm
              schema={schema}
              value={form.values}
              pointer=""
              // A form of an object schema gives an object.
              onChange={(next) => form.setValues((next ?? {}) as JsonObject)}
            />
          </FormProvider>
        </FieldDataProvider>
        <p className={styles['note']}>{t('connection.secure')}</p>
      </form>
    </Dialog>
  )
}

function useNewConnection(connector: ConnectorSummary, onCreated: (connection: Connection) => void) {
  const { client, workflow, reloadConnections } = useEditor()
  const emit = useEmit()
  const [name, setName] = useState(connector.name)
  const [values, setValues] = useState<JsonObject>({})
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const create = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const input = { customerId: workflow.customerId, connector: connector.id, name, values }
      const connection = await client.connections.create.mutate(input)
      await reloadConnections()
      emit('connection.created', { connectionId: connection.id, connector: connector.id })
      onCreated(connection)
    } catch (error) {
      const found = readProblem(error)
      emit('connection.failed', { connector: connector.id, code: found.code })
      setProblem(found)
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    void create()
  }
  return { name, setName, values, setValues, isBusy, problem, submit }
}
