import { useQueryClient } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { StepIcon, TriggerIcon } from '../canvas/ConnectorIcon.js'
import { stepTitle } from '../canvas/step-looks.js'
import { type ApiProblem, problemText, readProblem } from '../data/api-error.js'
import type { Version, Workflow } from '../data/api-types.js'
import { type PlacedIssue, TRIGGER_OWNER } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useEmit } from '../hooks/useEvents.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { issueText } from '../panels/issue-text.js'
import { curlCommand, WebhookUrl } from '../panels/TriggerForm.js'
import { useBuilder, useBuilderState, useDefinition } from '../state/useBuilder.js'
import { PinnedSteps } from '../step-test/PinnedSteps.js'
import { TestResults } from '../stored-tests/TestResults.js'
import { Button } from '../ui/Button.js'
import { CodeBlock } from '../ui/Code.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { LoadingState } from '../ui/Spinner.js'
import { PendingChanges } from '../versions/PendingChanges.js'
import styles from './editor.module.css'

export interface PublishDialogProps {
  readonly onClose: () => void
  /** Called before a step with a problem is selected. */
  readonly onShow: () => void
}

/** Lists what keeps a draft from being published, or publishes it and says how to start it. */
export function PublishDialog({ onClose, onShow }: PublishDialogProps) {
  const t = useTexts()
  const { workflow } = useEditor()
  const publishing = usePublish()
  const issues = useBuilderState((state) => state.issues)
  const builder = useBuilder()
  const { stage } = publishing
  if (publishing.version !== undefined) return <PublishedDialog version={publishing.version} onClose={onClose} />
  const number = (workflow.published?.number ?? 0) + 1
  const isBlocked = issues.length > 0
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isBlocked ? t('publish.issuesTitle', { count: issues.length }) : t('publish.title')}
      description={isBlocked ? undefined : t(workflow.published === null ? 'publish.first' : 'publish.text')}
      width="medium"
      footer={
        <>
          <Button onClick={onClose}>{isBlocked ? t('ui.close') : t('ui.cancel')}</Button>
          {!isBlocked && (
            <Button
              variant="primary"
              isBusy={stage === 'publishing'}
              disabled={stage === 'saving' || stage === 'unsaved'}
              onClick={publishing.publish}
            >
              {t('publish.action', { number })}
            </Button>
          )}
        </>
      }
    >
      {!isBlocked && (
        <>
          <PinnedSteps />
          <PendingChanges />
        </>
      )}
      {!isBlocked && <TestResults />}
      {stage === 'saving' && <LoadingState label={t('toolbar.saving')} />}
      {stage === 'unsaved' && (
        <Callout tone="danger" actions={<Button onClick={publishing.save}>{t('ui.retry')}</Button>}>
          {t('publish.unsaved')}
        </Callout>
      )}
      {publishing.problem !== undefined && !isBlocked && (
        <Callout tone="danger" title={t('publish.failed')}>
          {problemText(publishing.problem, t)}
        </Callout>
      )}
      {isBlocked && (
        <IssueList
          issues={issues}
          onShow={(owner) => {
            onClose()
            onShow()
            builder.select(owner)
          }}
        />
      )}
    </Dialog>
  )
}

type Stage = 'saving' | 'unsaved' | 'ready' | 'publishing'

function usePublish() {
  const { client, workflow } = useEditor()
  const builder = useBuilder()
  const emit = useEmit()
  const cache = useQueryClient()
  const [stage, setStage] = useState<Stage>('saving')
  const [problem, setProblem] = useState<ApiProblem>()
  const [version, setVersion] = useState<Version>()
  const save = useCallback(() => {
    setStage('saving')
    void builder.flush().then(({ status }) => setStage(status === 'saved' ? 'ready' : 'unsaved'))
  }, [builder])
  useEffect(() => {
    // The server's word on the newest draft, before anything is promised.
    builder.revealIssues()
    save()
  }, [builder, save])
  const run = async () => {
    setStage('publishing')
    setProblem(undefined)
    try {
      const { revision } = builder.store.getState().save
      const published = await client.workflows.publish.mutate({ id: workflow.id, revision })
      builder.markPublished()
      emit('workflow.published', { workflowId: workflow.id, versionId: published.id })
      // What is published stays so when it cannot be read back: saying that it failed would make people do it twice.
      const latest = await client.workflows.get.query({ id: workflow.id }).catch(() => undefined)
      cache.setQueryData<Workflow>(['workflow', workflow.id], (old) => latest ?? (old && withVersion(old, published)))
      setVersion(published)
    } catch (error) {
      const found = readProblem(error)
      if (found.issues.length > 0) builder.showIssues(found.issues)
      setProblem(found)
    }
    setStage('ready')
  }
  return { stage, problem, version, save, publish: () => void run() }
}

function withVersion(workflow: Workflow, { id, number, publishedAt }: Version): Workflow {
  return {
    ...workflow,
    published: { id, number, publishedAt },
    publishedVersion: number,
    hasUnpublishedChanges: false,
  }
}

interface IssueListProps {
  readonly issues: readonly PlacedIssue[]
  readonly onShow: (owner: string) => void
}

function IssueList({ issues, onShow }: IssueListProps) {
  const t = useTexts()
  const { connectors } = useEditor()
  const definition = useDefinition()
  return (
    <ul className={styles['issues']}>
      {issues.map((issue) => {
        const { owner, field, message } = issue
        const step = findStep(definition, owner)?.step
        const isTrigger = owner === TRIGGER_OWNER
        const name = isTrigger ? t('trigger.title') : t('publish.workflow')
        return (
          <li key={`${owner}${field}${message}`}>
            {step !== undefined && <StepIcon step={step} connectors={connectors} size={28} />}
            {isTrigger && <TriggerIcon trigger={definition.trigger} connectors={connectors} size={28} />}
            <span>
              <strong>{step === undefined ? name : stepTitle(step, connectors, t)}</strong>
              <span>{issueText(issue, step, connectors, t)}</span>
            </span>
            {(step !== undefined || isTrigger) && (
              <Button size="small" onClick={() => onShow(owner)}>
                {t('publish.show')}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function PublishedDialog({ version, onClose }: { readonly version: Version; readonly onClose: () => void }) {
  const t = useTexts()
  const locale = useLocale()
  const { workflow, samples } = useEditor()
  const { webhookUrl, nextFireAt } = workflow.trigger
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('publish.done', { number: version.number })}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('ui.close')}
        </Button>
      }
    >
      <div className={styles['done']}>
        <CircleCheck size={20} aria-hidden="true" />
        {webhookUrl !== null ? (
          <p>{t('publish.doneWebhook')}</p>
        ) : nextFireAt !== null ? (
          <p>{t('publish.doneSchedule', { time: new Date(nextFireAt).toLocaleString(locale) })}</p>
        ) : (
          <p>{t('publish.doneManual')}</p>
        )}
      </div>
      {webhookUrl !== null && (
        <div className={styles['stack']}>
          <WebhookUrl url={webhookUrl} />
          <CodeBlock code={curlCommand(webhookUrl, samples?.trigger)} label={t('trigger.try')} />
        </div>
      )}
    </Dialog>
  )
}
