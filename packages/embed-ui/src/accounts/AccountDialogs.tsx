import { type FormEvent, useId, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Connection } from '../data/api-types.js'
import { useEmit } from '../hooks/useEvents.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Badge, Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Input } from '../ui/Input.js'
import { useToast } from '../ui/Toast.js'
import { useWhileShown } from '../ui/useWhileShown.js'
import styles from './accounts.module.css'
import type { Accounts } from './useAccounts.js'

/** What a person does with an account, beyond looking at it. */
export interface AccountTask {
  readonly kind: 'rename' | 'delete'
  readonly connection: Connection
}

export interface AccountDialogsProps {
  readonly task: AccountTask
  readonly accounts: Accounts
  readonly onClose: () => void
}

/** The dialog of a task. */
export function AccountDialogs({ task, ...props }: AccountDialogsProps) {
  const Task = task.kind === 'rename' ? RenameDialog : DeleteDialog
  return <Task {...props} connection={task.connection} />
}

interface TaskProps extends Omit<AccountDialogsProps, 'task'> {
  readonly connection: Connection
}

function RenameDialog({ accounts, connection, onClose }: TaskProps) {
  const t = useTexts()
  const formId = useId()
  const [name, setName] = useState(connection.name)
  const work = useWork(accounts, onClose)
  const emit = useEmit()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    work.run(t('accounts.renamed'), async () => {
      await accounts.client.connections.update.mutate({ id: connection.id, name: name.trim() })
      emit('connection.updated', { connectionId: connection.id, connector: connection.connector })
    })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('accounts.renameTitle')}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" type="submit" form={formId} isBusy={work.isBusy} disabled={name.trim() === ''}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <Field label={t('connection.name')} help={t('connection.nameHelp')} error={work.problem}>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}

function DeleteDialog({ accounts, connection, onClose }: TaskProps) {
  const t = useTexts()
  const work = useWork(accounts, onClose)
  const emit = useEmit()
  const { id, name, connector } = connection
  const usage = accounts.usageOf(connection) ?? []
  const remove = () =>
    work.run(t('accounts.deleted', { name }), async () => {
      await accounts.client.connections.delete.mutate({ id })
      emit('connection.deleted', { connectionId: id, connector })
    })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('accounts.deleteTitle', { name })}
      description={usage.length === 0 ? t('accounts.deleteUnused') : t('accounts.deleteUsed', { count: usage.length })}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="danger" isBusy={work.isBusy} onClick={remove}>
            {t('accounts.delete')}
          </Button>
        </>
      }
    >
      {(usage.length > 0 || work.problem !== undefined) && (
        <>
          {work.problem !== undefined && <Callout tone="danger">{work.problem}</Callout>}
          <ul className={styles['breaks']}>
            {usage.map((workflow) => (
              <li key={workflow.id}>
                <span>{workflow.name}</span>
                {!workflow.enabled && <Badge>{t('accounts.off')}</Badge>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}

/** Does what a dialog is for, and closes it when that has worked. */
function useWork(accounts: Accounts, onClose: () => void) {
  const t = useTexts()
  const toast = useToast()
  const close = useWhileShown(onClose)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const run = (done: string, work: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    work()
      .then(() => accounts.reload())
      .then(() => {
        toast({ tone: 'success', title: done })
        close()
      })
      .catch((error: unknown) => {
        setProblem(problemText(readProblem(error), t))
        setBusy(false)
      })
  }
  return { isBusy, problem, run }
}
