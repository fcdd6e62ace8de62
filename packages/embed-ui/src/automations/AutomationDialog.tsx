import type { JsonObject } from '@inlay/engine'
import { type FormEvent, useId, useMemo, useState } from 'react'
import type { Automation, AutomationAccount, Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { FileDoorProvider, openFileDoor } from '../files/useFileDoor.js'
import { useUploadCount } from '../files/useUploadCount.js'
import { ObjectForm } from '../forms/ObjectForm.js'
import { asSchema, schemaFields } from '../forms/schema.js'
import { customerOf } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { useWhileShown } from '../ui/useWhileShown.js'
import { AccountChoice } from './AccountChoice.js'
import styles from './automations.module.css'
import { hasAccounts, hasSettings, hasValues } from './ready.js'
import { type Refusal, refusalOf } from './refusal.js'

export interface AutomationDialogProps {
  readonly automation: Automation
  readonly turnsOn: boolean
  /** Why it could not be switched on as it is, where that was tried. */
  readonly refusal?: Refusal | undefined
  readonly client: BuilderClient
  readonly me: Me
  readonly onClose: () => void
  readonly onSave: (
    automation: Automation,
    change: { values: JsonObject; connections: Record<string, string | null>; enabled?: boolean },
  ) => Promise<void>
}

/** The accounts and settings of an automation: what is missing first, then everything that can be set. */
export function AutomationDialog({ automation, turnsOn, refusal, client, me, onClose, onSave }: AutomationDialogProps) {
  const t = useTexts()
  const formId = useId()
  const form = useForm(automation)
  const save = useSave(onClose, refusal)
  const { door, isUploading } = useDoor(client, me)
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
            disabled={isUploading || (!isComplete && (turnsOn || automation.enabled))}
          >
            {t(turnsOn ? 'automations.turnOn' : 'ui.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles['form']} onSubmit={submit}>
        {save.refusal !== undefined && <Callout tone="danger">{save.refusal.text}</Callout>}
        {!hasSettings(automation) && <p className={styles['quiet']}>{t('automations.noSettings')}</p>}
        {form.accounts.map((account) => (
          <AccountChoice key={account.connector} account={account} client={client} me={me} onChange={form.setAccount} />
        ))}
        {schemaFields(asSchema(automation.settings)).length > 0 && (
          <FileDoorProvider value={door}>
            <ObjectForm
              schema={automation.settings}
              value={form.values}
              issues={save.refusal?.issues ?? []}
              onChange={(values) => {
                save.forget()
                form.setValues(values)
              }}
            />
          </FileDoorProvider>
        )}
      </form>
    </Dialog>
  )
}

/** The way of files into settings; what is saved waits for those that are on their way. */
function useDoor(client: BuilderClient, me: Me) {
  const { isUploading, onBusy } = useUploadCount()
  const door = useMemo(() => {
    const { permissions, maxFileBytes = null } = me
    const can = (permission: string) => permissions.includes(permission)
    const opened = openFileDoor({ client, customerId: customerOf(me), maxFileBytes, can })
    return opened === undefined ? undefined : { ...opened, onBusy }
  }, [client, me, onBusy])
  return { door, isUploading }
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

function useSave(onClose: () => void, first: Refusal | undefined) {
  const t = useTexts()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState(first)
  const close = useWhileShown(onClose)
  const run = (work: () => Promise<void>) => {
    setBusy(true)
    setRefusal(undefined)
    work().then(close, (error: unknown) => {
      setRefusal(refusalOf(error, t))
      setBusy(false)
    })
  }
  return { isBusy, refusal, run, forget: () => setRefusal(undefined) }
}
