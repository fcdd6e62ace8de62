import type { JsonObject } from '@inlay/engine'
import { useId, useState } from 'react'
import { AccountChoice } from '../automations/AccountChoice.js'
import { problemText, readProblem } from '../data/api-error.js'
import type { AutomationAccount, ConnectorSummary, Me, Template } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { ObjectForm } from '../forms/ObjectForm.js'
import { asSchema, schemaFields } from '../forms/schema.js'
import { schemaDefaults } from '../forms/schema-defaults.js'
import { useEmit } from '../hooks/useEvents.js'
import { customerOf } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { WorkflowPreview } from '../start/WorkflowPreview.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { useToast } from '../ui/Toast.js'
import styles from './templates.module.css'
import { requiredAccounts } from './use-cases.js'
import { useOwnAccounts } from './useTemplates.js'

export interface TemplateDialogProps {
  readonly template: Template
  readonly connectors: readonly ConnectorSummary[]
  readonly client: BuilderClient
  readonly me: Me
  /** Whether the person may make a workflow of it. */
  readonly mayUse: boolean
  readonly onClose: () => void
  readonly onOpen: (workflowId: string) => void
}

/** A template to look at: drawn, with the accounts and settings that it needs, which are asked for first. */
export function TemplateDialog(props: TemplateDialogProps) {
  const { template, client, me, mayUse, onClose } = props
  const t = useTexts()
  const needs = useNeeds(props)
  const use = useTemplate(props)
  const title = useId()
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={template.name}
      description={<bdi>{template.description}</bdi>}
      width="large"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          {mayUse && (
            <Button variant="primary" isBusy={use.isBusy} onClick={() => use.run(needs.values, needs.connections)}>
              {t('templates.useThis')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles['look']}>
        <section aria-label={t('templates.picture')}>
          <WorkflowPreview definition={template.definition} client={client} isTall />
        </section>
        <section className={styles['needs']} aria-labelledby={title}>
          <h3 id={title}>{t('templates.needs')}</h3>
          {use.problem !== undefined && <Callout tone="danger">{use.problem}</Callout>}
          {needs.isNothing && <p>{t('templates.needsNothing')}</p>}
          {mayUse &&
            needs.accounts.map((account) => (
              <AccountChoice
                key={account.connector}
                account={account}
                client={client}
                me={me}
                onChange={needs.setAccount}
              />
            ))}
          {needs.accounts.length > 0 && <p>{t('templates.later')}</p>}
          {needs.hasSettings && (
            <ObjectForm schema={asSchema(template.settings)} value={needs.values} onChange={needs.setValues} />
          )}
          {!mayUse && <p>{t('start.notAllowed')}</p>}
        </section>
      </div>
    </Dialog>
  )
}

/** What a person fills in before there is a workflow. An only account is taken without asking. */
function useNeeds({ template, connectors, client, me, mayUse }: TemplateDialogProps) {
  const own = useOwnAccounts(client, me) ?? []
  const [chosen, setChosen] = useState<Readonly<Record<string, string | null>>>({})
  const isSettable = schemaFields(asSchema(template.settings)).length > 0
  const [values, setValues] = useState(() =>
    // Defaults of an object schema are an object.
    isSettable ? (schemaDefaults(asSchema(template.settings)) as JsonObject) : {},
  )
  const required = requiredAccounts(template, connectors)
  const accounts = required.map(({ id }): AutomationAccount => {
    const [only, ...others] = own.filter(({ connector }) => connector === id)
    const usual = others.length === 0 ? (only?.id ?? null) : null
    return { connector: id, isRequired: true, connectionId: id in chosen ? (chosen[id] ?? null) : usual }
  })
  const hasSettings = mayUse && isSettable
  return {
    accounts,
    connections: Object.fromEntries(accounts.map(({ connector, connectionId }) => [connector, connectionId])),
    setAccount: ({ connector, connectionId }: AutomationAccount) => setChosen({ ...chosen, [connector]: connectionId }),
    values,
    setValues,
    hasSettings,
    isNothing: accounts.length === 0 && !hasSettings,
  }
}

function useTemplate({ template, client, me, onOpen }: TemplateDialogProps) {
  const t = useTexts()
  const emit = useEmit()
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const run = (values: JsonObject, connections: Record<string, string | null>) => {
    setBusy(true)
    setProblem(undefined)
    const customerId = customerOf(me)
    client.templates.use.mutate({ id: template.id, customerId, values, connections }).then(
      ({ id: workflowId }) => {
        emit('template.used', { templateId: template.id, workflowId })
        emit('workflow.created', { workflowId })
        toast({ tone: 'success', title: t('templates.used', { name: template.name }) })
        onOpen(workflowId)
      },
      (error: unknown) => {
        setProblem(problemText(readProblem(error), t))
        setBusy(false)
      },
    )
  }
  return { isBusy, problem, run }
}
