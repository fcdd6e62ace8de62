import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Version } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder, useDefinition } from '../state/useBuilder.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Badge, Callout, EmptyState } from '../ui/Feedback.js'
import { LoadMore, type LoadMoreProps } from '../ui/LoadMore.js'
import { LoadingState } from '../ui/Spinner.js'
import { RelativeTime } from '../ui/Time.js'
import { useToast } from '../ui/Toast.js'
import { Changes } from './Changes.js'
import { useComparison, type VersionComparison } from './useComparison.js'
import styles from './versions.module.css'

const PAGE = 30

/** All published versions of the workflow: what differs from the draft, and the way back to one of them. */
export function VersionHistory({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts()
  const { client, workflow } = useEditor()
  const [chosen, setChosen] = useState<Version>()
  const versions = useInfiniteQuery({
    queryKey: ['versions', workflow.id, workflow.publishedVersion],
    queryFn: ({ pageParam }) =>
      client.workflows.versions.query({
        id: workflow.id,
        limit: PAGE,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
  const all = versions.data?.pages.flatMap(({ data }) => data) ?? []
  const shown = chosen ?? all[0]
  const compared = useComparison(shown?.id)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('versions.title')}
      description={t('versions.text')}
      width="large"
      footer={<Footer version={shown} compared={compared} onDone={onClose} />}
    >
      {versions.isPending && <LoadingState />}
      {versions.isError && all.length === 0 && (
        <Callout
          tone="danger"
          title={t('versions.failed')}
          actions={<Button onClick={() => void versions.refetch()}>{t('ui.retry')}</Button>}
        >
          {problemText(readProblem(versions.error), t)}
        </Callout>
      )}
      {versions.isSuccess && shown === undefined && (
        <EmptyState icon={<History />} title={t('versions.empty')} text={t('versions.emptyText')} />
      )}
      {shown !== undefined && (
        <div className={styles['history']}>
          <VersionList versions={all} shown={shown} onChoose={setChosen} query={versions} />
          <VersionChanges key={shown.id} version={shown} compared={compared} />
        </div>
      )}
    </Dialog>
  )
}

interface VersionListProps {
  readonly versions: readonly Version[]
  readonly shown: Version
  readonly onChoose: (version: Version) => void
  readonly query: LoadMoreProps['query']
}

function VersionList({ versions, shown, onChoose, query }: VersionListProps) {
  const t = useTexts()
  const { workflow } = useEditor()
  return (
    <nav className={styles['versions']} aria-label={t('versions.title')}>
      <ul>
        {versions.map((version) => (
          <li key={version.id}>
            <button type="button" aria-current={version.id === shown.id || undefined} onClick={() => onChoose(version)}>
              <span className={styles['number']}>
                {t('versions.number', { number: version.number })}
                {version.number === workflow.publishedVersion && (
                  <Badge tone={workflow.enabled ? 'success' : 'neutral'}>
                    {t(workflow.enabled ? 'versions.live' : 'versions.published')}
                  </Badge>
                )}
              </span>
              <span className={styles['when']}>
                <RelativeTime at={version.publishedAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <LoadMore query={query} label={t('versions.more')} />
    </nav>
  )
}

interface VersionChangesProps {
  readonly version: Version
  readonly compared: VersionComparison
}

function VersionChanges({ version, compared }: VersionChangesProps) {
  const t = useTexts()
  const draft = useDefinition()
  const { definition, comparison, isPending } = compared
  if (isPending) return <LoadingState />
  if (definition === undefined || comparison === undefined) {
    return <Callout tone="warning">{t('versions.unreadable')}</Callout>
  }
  return <Changes number={version.number} before={definition} after={draft} comparison={comparison} />
}

interface FooterProps {
  readonly version: Version | undefined
  readonly compared: VersionComparison
  readonly onDone: () => void
}

function Footer({ version, compared: { definition, comparison }, onDone }: FooterProps) {
  const t = useTexts()
  const toast = useToast()
  const builder = useBuilder()
  const { isReadOnly } = useEditor()
  return (
    <>
      <Button onClick={onDone}>{t('ui.close')}</Button>
      {version !== undefined && !isReadOnly && (
        <Button
          variant="primary"
          disabled={comparison?.isSame !== false}
          onClick={() => {
            if (definition === undefined) return
            builder.edit(() => definition)
            toast({
              tone: 'success',
              title: t('versions.restored', { number: version.number }),
              detail: t('versions.restoredText'),
            })
            onDone()
          }}
        >
          {t('versions.restore', { number: version.number })}
        </Button>
      )}
    </>
  )
}
