import type { JsonObject } from '@inlay/engine'
import { type FormEvent, useId, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Automation, AutomationAccount, Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { ObjectForm } from '../forms/ObjectForm.js'
import { asSchema, schemaFields } from '../forms/schema.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { AccountChoice } from './AccountChoice.js'
import styles from './automations.module.css'
import { hasAccounts, hasSettings, hasValues } from './ready.js'

export interface AutomationDialogProps {
  readonly automation: Automation
  readonly turnsOn: boolean
  readonly client: BuilderClient
  readonly me: Me
  readonly onClose: () => void
  readonly onSave: (
    automation: Automation,
    change: { values: JsonObject; connections: Record<string, string | null>; enabled?: boolean },
  ) => Promise<void>
}

/** The accounts and settings of an automation: what is missing first, then everything that can be set. */
export function AutomationDialog({ automation, turnsOn, client, me, onClose, onSave }: AutomationDialogProps) {
  const t = useTexts()
  const formId = useId()
  const form = useForm(automation)
  const save = useSave(onClose)
  const { name } = automation
  const isComplete = hasAccounts(form.accounts) && hasValues(automation.settings, form.values)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const connections = Object.fromEntries(form.accounts.map((each) => [each.connector, each.connectionId]))
    save.run(() => onSave(automation, { values: form.values, connections, ...(turnsOn ? { enabled: true } : {}) }))
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(turnsOn ? 'automations.turnOnTitle' : 'automations.settingsOf', { name })}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form={formId}
            isBusy={save.isBusy}
            disabled={!isComplete && (turnsOn || automation.enabled)}
          >
            {t(turnsOn ? 'automations.turnOn' : 'ui.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles['form']} onSubmit={submit}>
        {save.problem !== undefined && <Callout tone="danger">{save.problem}</Callout>}
        {!hasSettings(automation) && <p className={styles['quiet']}>{t('automations.noSettings')}</p>}
        {form.accounts.map((account) => (
          <AccountChoice key={account.connector} account={account} client={client} me={me} onChange={form.setAccount} />
        ))}
        {schemaFields(asSchema(automation.settings)).length > 0 && (
          <ObjectForm schema={automation.settings} value={form.values} onChange={form.setValues} />
        )}
      </form>
    </Dialog>
  )
}

function useForm(automation: Automation) {
  const [values, setValues] = useState<JsonObject>(automation.values)
  const [accounts, setAccounts] = useState<readonly AutomationAccount[]>(automation.accounts)
  return {
    values,
    setValues,
    accounts,
    setAccount: (changed: AutomationAccount) =>
      setAccounts((all) => all.map((each) => (each.connector === changed.connector ? changed : each))),
  }
}

function useSave(onClose: () => void) {
  const t = useTexts()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const run = (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    work().then(onClose, (error: unknown) => {
      setProblem(problemText(readProblem(error), t))
      setBusy(false)
    })
  }
  return { isBusy, problem, run }
}
