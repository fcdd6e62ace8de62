import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { StepRun } from '../data/run-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { useToast } from '../ui/Toast.js'

/** Lets a person decide what a step of a run waits for. Draws nothing when it waits for something else. */
export function ApprovalDecision({ runId, record }: { readonly runId: string; readonly record: StepRun }) {
  const t = useTexts()
  const { client, can } = useEditor()
  const isWaiting = record.type === 'wait' && record.status === 'waiting'
  const open = useQuery({
    queryKey: ['run', runId, 'approvals'],
    queryFn: async () => (await client.approvals.list.query({ runId })).data,
    enabled: isWaiting && can('approvals:read'),
  })
  const decision = useDecision(runId)
  const approval = open.data?.find(
    ({ stepPath, iteration }) => stepPath === record.stepPath && iteration === record.iteration,
  )
  if (!isWaiting || approval === undefined) return null
  const { id, title, message } = approval
  return (
    <Callout
      tone="info"
      title={<bdi>{title}</bdi>}
      actions={
        can('approvals:decide') && (
          <>
            <Button
              variant="primary"
              size="small"
              icon={<Check size={14} />}
              isBusy={decision.busy === 'approve'}
              disabled={decision.busy === 'reject'}
              onClick={() => decision.decide(id, 'approve')}
            >
              {t('run.approve')}
            </Button>
            <Button
              size="small"
              icon={<X size={14} />}
              isBusy={decision.busy === 'reject'}
              disabled={decision.busy === 'approve'}
              onClick={() => decision.decide(id, 'reject')}
            >
              {t('run.reject')}
            </Button>
          </>
        )
      }
    >
      {message === '' ? t('run.decide') : <bdi>{message}</bdi>}
    </Callout>
  )
}

function useDecision(runId: string) {
  const t = useTexts()
  const { client } = useEditor()
  const cache = useQueryClient()
  const toast = useToast()
  const [busy, setBusy] = useState<'approve' | 'reject'>()
  const decide = (id: string, decision: 'approve' | 'reject') => {
    setBusy(decision)
    client.approvals.decide
      .mutate({ id, decision })
      .then(() => cache.invalidateQueries({ queryKey: ['run', runId] }))
      .catch((error: unknown) => toast({ tone: 'danger', title: problemText(readProblem(error), t) }))
      .finally(() => setBusy(undefined))
  }
  return { busy, decide }
}
