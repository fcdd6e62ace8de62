import type { ActionStep, JsonObject } from '@inlay/engine'
import { ConnectionField } from '../connections/ConnectionField.js'
import { fieldError } from '../document/issues.js'
import { withoutStale } from '../forms/dependencies.js'
import { FormProvider, useForm } from '../forms/form-context.js'
import { SchemaForm } from '../forms/SchemaForm.js'
import { useMemberForm } from '../forms/useMemberForm.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Callout } from '../ui/Feedback.js'
import { useStepEditor } from './useStepEditor.js'

/** Connection and input of an action, as its connector asks for them. */
export function ActionForm({ step }: { readonly step: ActionStep }) {
  const t = useTexts()
  const { connectors } = useEditor()
  const { issues } = useForm()
  const edit = useStepEditor(step.id, 'action')
  const connector = connectors.find(({ id }) => id === step.connector)
  const action = connector?.actions.find(({ id }) => id === step.action)
  const form = useMemberForm({
    connector: step.connector,
    version: step.version,
    action: step.action,
    connection: step.connection,
    input: step.input,
    summary: action,
    needsAccount: connector?.connection === 'required' && step.connection === undefined,
    base: '/input',
  })
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
          value={step.connection}
          error={fieldError(issues, '/connection')}
          scopes={action.scopes}
          onChange={(next) =>
            edit(({ connection: _old, ...rest }) => (next === undefined ? rest : { ...rest, connection: next }))
          }
        />
      )}
      <FormProvider value={form}>
        <SchemaForm
          schema={action.inputSchema}
          value={step.input}
          pointer="/input"
          onChange={(next, pointer) =>
            edit((old) => {
              // A form of an object schema gives an object.
              const input = withoutStale(old.input, (next ?? {}) as JsonObject, form.dynamic)
              return { ...old, input }
            }, pointer)
          }
        />
      </FormProvider>
    </>
  )
}
