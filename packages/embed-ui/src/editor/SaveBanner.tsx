import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Workflow } from '../data/api-types.js'
import { readDefinition } from '../document/read-definition.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder, useBuilderState } from '../state/useBuilder.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { useToast } from '../ui/Toast.js'
import styles from './editor.module.css'

/** Says why the draft is not saved: nobody answers, it was refused, or it was changed elsewhere; then asks what to do. */
export function SaveBanner() {
  const t = useTexts()
  const { status, problem } = useBuilderState(({ save }) => save)
  const { resolve, isBusy } = useConflict()
  if (status === 'refused' && problem !== undefined) {
    return (
      <div className={styles['banner']}>
        <Callout tone="danger" title={t('toolbar.refused')}>
          {problemText(problem, t)}
        </Callout>
      </div>
    )
  }
  if (status === 'offline') return <OfflineBanner />
  if (status !== 'conflict') return null
  return (
    <div className={styles['banner']}>
      <Callout
        tone="warning"
        title={t('conflict.title')}
        actions={
          <>
            <Button size="small" disabled={isBusy} onClick={() => resolve('theirs')}>
              {t('conflict.takeTheirs')}
            </Button>
            <Button size="small" disabled={isBusy} onClick={() => resolve('mine')}>
              {t('conflict.keepMine')}
            </Button>
          </>
        }
      >
        {t('conflict.text')}
      </Callout>
    </div>
  )
}

function OfflineBanner() {
  const t = useTexts()
  const builder = useBuilder()
  return (
    <div className={styles['banner']} role="status">
      <Callout
        tone="warning"
        title={t('offline.title')}
        actions={
          <Button size="small" onClick={builder.retrySave}>
            {t('offline.retry')}
          </Button>
        }
      >
        {t('offline.text')}
      </Callout>
    </div>
  )
}

function useConflict() {
  const t = useTexts()
  const builder = useBuilder()
  const toast = useToast()
  const cache = useQueryClient()
  const { client, workflow } = useEditor()
  const [isBusy, setBusy] = useState(false)
  const decide = async (choice: 'mine' | 'theirs') => {
    const latest = await client.workflows.get.query({ id: workflow.id })
    cache.setQueryData<Workflow>(['workflow', workflow.id], latest)
    const read = readDefinition(latest.draft.definition)
    const theirs = read.isReadable ? read.definition : undefined
    if (choice === 'mine') await builder.overwrite(latest.draft.revision, theirs)
    else if (theirs !== undefined) builder.replace(theirs, latest.draft.revision)
    // Here it could not be drawn; what is here stays until the person says that it is to be written over.
    else toast({ tone: 'danger', title: t('editor.unreadable') })
  }
  const resolve = (choice: 'mine' | 'theirs') => {
    setBusy(true)
    decide(choice)
      .catch((error: unknown) => toast({ tone: 'danger', title: problemText(readProblem(error), t) }))
      .finally(() => setBusy(false))
  }
  return { resolve, isBusy }
}
