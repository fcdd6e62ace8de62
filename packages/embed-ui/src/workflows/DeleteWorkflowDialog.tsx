import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { WorkflowSummary } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { useEmit } from '../hooks/useEvents.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { useToast } from '../ui/Toast.js'
import { useWhileShown } from '../ui/useWhileShown.js'

export interface DeleteWorkflowDialogProps {
  readonly client: BuilderClient
  readonly workflow: Pick<WorkflowSummary, 'id' | 'name'>
  readonly onClose: () => void
}

/** Asks before an automation is deleted: it cannot be undone. */
export function DeleteWorkflowDialog({ client, workflow: { id, name }, onClose }: DeleteWorkflowDialogProps) {
  const t = useTexts()
  const cache = useQueryClient()
  const toast = useToast()
  const emit = useEmit()
  const close = useWhileShown(onClose)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const remove = () => {
    setBusy(true)
    setProblem(undefined)
    client.workflows.delete
      .mutate({ id })
      .then(() => {
        emit('workflow.deleted', { workflowId: id })
        toast({ tone: 'success', title: t('workflows.deleted', { name }) })
        close()
        return cache.invalidateQueries({ queryKey: ['workflows'] })
      })
      .catch((error: unknown) => {
        setProblem(problemText(readProblem(error), t))
        setBusy(false)
      })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('workflows.deleteTitle', { name })}
      description={t('workflows.deleteText')}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="danger" isBusy={isBusy} onClick={remove}>
            {t('ui.delete')}
          </Button>
        </>
      }
    >
      {problem !== undefined && <Callout tone="danger">{problem}</Callout>}
    </Dialog>
  )
}
