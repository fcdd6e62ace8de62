import { Check, Clock, MessageSquarePlus, Workflow, X } from 'lucide-react'
import { useId, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Approval, ApprovalDecisionRecord } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { useEmit } from '../hooks/useEvents.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Badge, Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Textarea } from '../ui/Input.js'
import { RelativeTime } from '../ui/Time.js'
import { useToast } from '../ui/Toast.js'
import styles from './approvals.module.css'

export interface ApprovalCardProps {
  readonly approval: Approval
  readonly client: BuilderClient
  readonly mayDecide: boolean
  readonly onDecided: () => Promise<unknown>
  readonly onOpenRun: ((runId: string) => void) | undefined
}

/** One decision: what is asked, by which automation, until when; and the answer. */
export function ApprovalCard({ approval, mayDecide, onOpenRun, ...props }: ApprovalCardProps) {
  const t = useTexts()
  const titleId = useId()
  const { title, message, decision, runId } = approval
  return (
    <li className={styles['card']} aria-labelledby={titleId} data-inlay-part="approval">
      <div className={styles['head']}>
        <h2 id={titleId} dir="auto">
          {title === '' ? t('approvals.untitled') : title}
        </h2>
        {decision === null ? <Due deadline={approval.deadline} /> : <Outcome decision={decision} />}
      </div>
      {message !== '' && (
        <p className={styles['message']} dir="auto">
          {message}
        </p>
      )}
      <p className={styles['facts']}>
        <span>
          <Workflow size={14} aria-hidden="true" />
          {onOpenRun === undefined ? (
            approval.workflowName
          ) : (
            <button type="button" className={styles['open']} onClick={() => onOpenRun(runId)}>
              {approval.workflowName}
            </button>
          )}
        </span>
        <span>
          {t('approvals.asked')} <RelativeTime at={approval.openedAt} />
        </span>
      </p>
      {decision !== null && <Said decision={decision} />}
      {decision === null && mayDecide && <Answer approval={approval} {...props} />}
      {decision === null && !mayDecide && <p className={styles['quiet']}>{t('approvals.notAllowed')}</p>}
    </li>
  )
}

function Due({ deadline }: Pick<Approval, 'deadline'>) {
  const t = useTexts()
  if (deadline === null) return null
  const isOverdue = Date.parse(deadline) < Date.now()
  return (
    <Badge tone={isOverdue ? 'danger' : 'warning'} icon={<Clock size={13} aria-hidden="true" />}>
      {t(isOverdue ? 'approvals.overdue' : 'approvals.due')} <RelativeTime at={deadline} />
    </Badge>
  )
}

function Outcome({ decision: { approved } }: { readonly decision: ApprovalDecisionRecord }) {
  const t = useTexts()
  if (approved === null) return <Badge>{t('approvals.isExpired')}</Badge>
  return approved ? (
    <Badge tone="success" icon={<Check size={13} aria-hidden="true" />}>
      {t('approvals.isApproved')}
    </Badge>
  ) : (
    <Badge tone="danger" icon={<X size={13} aria-hidden="true" />}>
      {t('approvals.isRejected')}
    </Badge>
  )
}

function Said({ decision: { by, comment, at } }: { readonly decision: ApprovalDecisionRecord }) {
  const t = useTexts()
  return (
    <div className={styles['said']}>
      {comment !== null && <blockquote dir="auto">{comment}</blockquote>}
      <span className={styles['quiet']}>
        {by !== null && t('approvals.by', { name: by })} <RelativeTime at={at} />
      </span>
    </div>
  )
}

function Answer({ approval, client, onDecided }: Pick<ApprovalCardProps, 'approval' | 'client' | 'onDecided'>) {
  const t = useTexts()
  const [comment, setComment] = useState<string>()
  const answer = useAnswer({ approval, client, onDecided })
  const decide = (decision: 'approve' | 'reject') => answer.decide(decision, comment?.trim() ?? '')
  return (
    <div className={styles['answer']}>
      {answer.problem !== undefined && <Callout tone="danger">{answer.problem}</Callout>}
      {comment !== undefined && (
        <Field label={t('approvals.comment')} help={t('approvals.commentHelp')} isOptional>
          <Textarea
            autoFocus
            rows={2}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </Field>
      )}
      <div className={styles['buttons']}>
        <Button
          variant="primary"
          icon={<Check size={15} />}
          isBusy={answer.busy === 'approve'}
          disabled={answer.busy === 'reject'}
          onClick={() => decide('approve')}
        >
          {t('approvals.approve')}
        </Button>
        <Button
          icon={<X size={15} />}
          isBusy={answer.busy === 'reject'}
          disabled={answer.busy === 'approve'}
          onClick={() => decide('reject')}
        >
          {t('approvals.reject')}
        </Button>
        {comment === undefined && (
          <Button variant="ghost" icon={<MessageSquarePlus size={15} />} onClick={() => setComment('')}>
            {t('approvals.addComment')}
          </Button>
        )}
      </div>
    </div>
  )
}

function useAnswer({ approval, client, onDecided }: Pick<ApprovalCardProps, 'approval' | 'client' | 'onDecided'>) {
  const t = useTexts()
  const toast = useToast()
  const emit = useEmit()
  const [busy, setBusy] = useState<'approve' | 'reject'>()
  const [problem, setProblem] = useState<string>()
  const decide = (decision: 'approve' | 'reject', comment: string) => {
    setBusy(decision)
    setProblem(undefined)
    const { id, runId } = approval
    client.approvals.decide
      .mutate({ id, decision, ...(comment === '' ? {} : { comment }) })
      .then(() => {
        emit('approval.decided', { approvalId: id, runId, decision })
        const thanks = decision === 'approve' ? 'approvals.thanksApproved' : 'approvals.thanksRejected'
        toast({ tone: 'success', title: t(thanks) })
        return onDecided()
      })
      .catch((error: unknown) => setProblem(problemText(readProblem(error), t)))
      .finally(() => setBusy(undefined))
  }
  return { busy, problem, decide }
}
