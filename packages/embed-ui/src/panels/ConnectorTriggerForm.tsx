import type { ConnectorTriggerStart, JsonObject } from '@inlay/engine'
import { useState } from 'react'
import { ConnectorIcon } from '../canvas/ConnectorIcon.js'
import { findTrigger } from '../canvas/step-looks.js'
import { triggerKindText } from '../canvas/trigger-summary.js'
import { ConnectionField } from '../connections/ConnectionField.js'
import type { ConnectorSummary, TriggerSummary } from '../data/api-types.js'
import { setTrigger } from '../document/edit.js'
import { fieldError } from '../document/issues.js'
import { FieldDataProvider } from '../forms/data-context.js'
import { withoutStale } from '../forms/dependencies.js'
import { FormProvider, useForm } from '../forms/form-context.js'
import { SchemaForm } from '../forms/SchemaForm.js'
import { useMemberForm } from '../forms/useMemberForm.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { AppTriggerPicker } from './AppTriggerPicker.js'
import styles from './panels.module.css'
import { TriggerSamplePanel } from './TriggerSamplePanel.js'
import { TriggerStatePanel } from './TriggerStatePanel.js'

/** A connector's trigger: which, of which account, set how, and how it is doing. */
export function ConnectorTriggerForm({ trigger }: { readonly trigger: ConnectorTriggerStart }) {
  const edit = useTriggerEdit()
  const { connectors } = useEditor()
  const { issues } = useForm()
  const { connector, summary } = findTrigger(trigger, connectors)
  const form = useMemberForm({
    connector: trigger.connector,
    version: trigger.version,
    trigger: trigger.trigger,
    connection: trigger.connection,
    input: trigger.input,
    summary,
    needsAccount: connector?.connection === 'required' && summary?.kind !== 'event' && trigger.connection === undefined,
    base: '/input',
  })
  if (connector === undefined || summary === undefined) return <UnknownTrigger trigger={trigger} />
  return (
    <>
      <ChosenTrigger connector={connector} summary={summary} />
      <TriggerStatePanel />
      {connector.connection !== 'none' && summary.kind !== 'event' && (
        <ConnectionField
          connector={connector}
          value={trigger.connection}
          error={fieldError(issues, '/connection')}
          onChange={(next) =>
            edit(
              ({ connection: _old, ...rest }) => (next === undefined ? rest : { ...rest, connection: next }),
              'connection',
            )
          }
        />
      )}
      {/* Before a run there are no steps whose data could be used. */}
      <FieldDataProvider value={undefined}>
        <FormProvider value={form}>
          <SchemaForm
            key={`${trigger.connector}.${trigger.trigger}`}
            schema={summary.inputSchema}
            value={trigger.input}
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
      </FieldDataProvider>
      <TriggerSamplePanel app={connector.name} example={summary.sampleOutput} />
    </>
  )
}

/** Changes the trigger; edits of one field become one step of undo. */
function useTriggerEdit() {
  const builder = useBuilder()
  return (change: (old: ConnectorTriggerStart) => ConnectorTriggerStart, field: string) =>
    builder.edit(
      (definition) =>
        definition.trigger.type === 'connector' ? setTrigger(definition, change(definition.trigger)) : definition,
      { mergeKey: `trigger:${field}` },
    )
}

function UnknownTrigger({ trigger }: { readonly trigger: ConnectorTriggerStart }) {
  const t = useTexts()
  return (
    <>
      <Callout tone="danger" title={t('trigger.unknownApp')}>
        {t('trigger.unknownAppText', { name: `${trigger.connector}.${trigger.trigger}` })}
      </Callout>
      <ChangeTrigger />
    </>
  )
}

interface ChosenTriggerProps {
  readonly connector: ConnectorSummary
  readonly summary: TriggerSummary
}

/** Which trigger it is, and how it hears of something. */
function ChosenTrigger({ connector, summary }: ChosenTriggerProps) {
  const t = useTexts()
  return (
    <>
      <div className={styles['chosen']} data-inlay-part="chosen-trigger">
        <ConnectorIcon connector={connector} size={34} />
        <span className={styles['chosenWords']}>
          <strong>{summary.name}</strong>
          <span>{triggerKindText(summary, connector.name, t)}</span>
        </span>
        <ChangeTrigger />
      </div>
      {summary.description !== '' && (
        <p className={styles['note']} dir="auto">
          {summary.description}
        </p>
      )}
    </>
  )
}

function ChangeTrigger() {
  const t = useTexts()
  const [isOpen, setOpen] = useState(false)
  const { isReadOnly } = useEditor()
  if (isReadOnly) return null
  return (
    <AppTriggerPicker isOpen={isOpen} onOpenChange={setOpen}>
      <Button size="small">{t('trigger.appChange')}</Button>
    </AppTriggerPicker>
  )
}
