import type { ActionStep, JsonObject } from '@inlay/engine'
import { useCallback } from 'react'
import { fieldError } from '../document/issues.js'
import { FormProvider, useForm } from '../forms/form-context.js'
import { SchemaForm } from '../forms/SchemaForm.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Callout } from '../ui/Feedback.js'
import { ConnectionField } from './ConnectionField.js'
import { useStepEditor } from './useStepEditor.js'

/** Connection and input of an action, as its connector asks for them. */
export function ActionForm({ step }: { readonly step: ActionStep }) {
  const t = useTexts()
  const { client, connectors } = useEditor()
  const form = useForm()
  const edit = useStepEditor(step.id, 'action')
  const connector = connectors.find(({ id }) => id === step.connector)
  const action = connector?.actions.find(({ id }) => id === step.action)
  const { connection } = step
  const loadOptions = useCallback(
    async (field: string, search: string) => {
      const { options } = await client.connectors.options.mutate({
        connector: step.connector,
        action: step.action,
        field,
        input: step.input,
        ...(connection === undefined ? {} : { connectionId: connection }),
        ...(search === '' ? {} : { search }),
      })
      // The list of choices holds texts; other values are entered by hand.
      return options.flatMap(({ value, label }) => (typeof value === 'string' ? [{ value, label }] : []))
    },
    [client, step.connector, step.action, step.input, connection],
  )
  if (connector === undefined || action === undefined) {
    const name = `${step.connector}.${step.action}`
    return (
      <Callout tone="danger" title={t('panel.unknownAction')}>
        {t('panel.unknownActionText', { name })}
      </Callout>
    )
  }
  return (
    <>
      {connector.connection !== 'none' && (
        <ConnectionField
          connector={connector}
          value={connection}
          error={fieldError(form.issues, '/connection')}
          onChange={(next) =>
            edit(({ connection: _old, ...rest }) => (next === undefined ? rest : { ...rest, connection: next }))
          }
        />
      )}
      <FormProvider
        value={{ ...form, loadOptions, optionsKey: `${step.connector}.${step.action}.${connection ?? ''}` }}
      >
        <SchemaForm
          schema={action.inputSchema}
          value={step.input}
          pointer="/input"
          // A form of an object schema gives an object.
          onChange={(next, pointer) => edit((old) => ({ ...old, input: (next ?? {}) as JsonObject }), pointer)}
        />
      </FormProvider>
    </>
  )
}
