import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { useToast } from '../ui/Toast.js'
import { useWhileShown } from '../ui/useWhileShown.js'
import { beginningOf, FILTER_TIMES, type FilterTime } from './list-filters.js'

const AT_ONCE = 100

export interface RetryFailedProps {
  readonly workflowId: string
  /** The span of time that the list shows. */
  readonly time: FilterTime | undefined
}

/** Lets all runs of a workflow that failed in some time go on from where they failed. */
export function RetryFailed({ workflowId, time }: RetryFailedProps) {
  const t = useTexts()
  const { can } = useEditor()
  const [isOpen, setOpen] = useState(false)
  if (!can('runs:rerun')) return null
  return (
    <>
      <Button icon={<RotateCw size={15} />} onClick={() => setOpen(true)}>
        {t('runs.retryAll')}
      </Button>
      {isOpen && <RetryDialog workflowId={workflowId} time={time} onClose={() => setOpen(false)} />}
    </>
  )
}

function RetryDialog({ workflowId, time, onClose }: RetryFailedProps & { readonly onClose: () => void }) {
  const t = useTexts()
  const [span, setSpan] = useState<FilterTime>(time ?? 'day')
  const { isBusy, problem, retry } = useRetry(workflowId, onClose)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="small"
      title={t('runs.retryAllTitle')}
      description={t('runs.retryAllText')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" isBusy={isBusy} onClick={() => retry(span)}>
            {t('runs.retryAllGo')}
          </Button>
        </>
      }
    >
      {problem !== undefined && <Callout tone="danger">{problem}</Callout>}
      <Field label={t('runs.retryAllSince')}>
        <Select
          value={span}
          options={FILTER_TIMES.map((value) => ({ value, label: t(`runs.last${value}`) }))}
          onValueChange={(next) => setSpan(FILTER_TIMES.find((each) => each === next) ?? span)}
        />
      </Field>
    </Dialog>
  )
}

function useRetry(workflowId: string, onDone: () => void) {
  const t = useTexts()
  const { client } = useEditor()
  const toast = useToast()
  const close = useWhileShown(onDone)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const retry = async (span: FilterTime) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const failedSince = beginningOf(span, Date.now())
      const { redriven, hasMore } = await client.runs.redriveMany.mutate({ workflowId, failedSince, limit: AT_ONCE })
      const count = redriven.length
      toast({
        tone: 'success',
        title: count === 0 ? t('runs.retriedNone') : t('runs.retried', { count }),
        detail: hasMore ? t('runs.retriedMore') : undefined,
      })
      close()
    } catch (error) {
      setProblem(problemText(readProblem(error), t))
      setBusy(false)
    }
  }
  return { isBusy, problem, retry: (span: FilterTime) => void retry(span) }
}
