import type { WorkflowDefinition } from '@inlay/engine'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Version } from '../data/api-types.js'
import { readDefinition } from '../document/read-definition.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder, useDefinition } from '../state/useBuilder.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Badge, Callout, EmptyState } from '../ui/Feedback.js'
import { LoadingState } from '../ui/Spinner.js'
import { RelativeTime } from '../ui/Time.js'
import { useToast } from '../ui/Toast.js'
import { Changes } from './Changes.js'
import { compareDefinitions } from './compare.js'
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
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('versions.title')}
      description={t('versions.text')}
      width="large"
      footer={<Footer version={shown} onDone={onClose} />}
    >
      {versions.isPending && <LoadingState />}
      {versions.isError && (
        <Callout
          tone="danger"
          title={t('versions.failed')}
          actions={<Button onClick={() => void versions.refetch()}>{t('ui.retry')}</Button>}
        >
          {problemText(readProblem(versions.error))}
        </Callout>
      )}
      {versions.isSuccess && shown === undefined && (
        <EmptyState icon={<History />} title={t('versions.empty')} text={t('versions.emptyText')} />
      )}
      {shown !== undefined && (
        <div className={styles['history']}>
          <VersionList
            versions={all}
            shown={shown}
            onChoose={setChosen}
            onMore={versions.hasNextPage ? () => void versions.fetchNextPage() : undefined}
          />
          <VersionChanges key={shown.id} version={shown} />
        </div>
      )}
    </Dialog>
  )
}

interface VersionListProps {
  readonly versions: readonly Version[]
  readonly shown: Version
  readonly onChoose: (version: Version) => void
  readonly onMore: (() => void) | undefined
}

function VersionList({ versions, shown, onChoose, onMore }: VersionListProps) {
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
      {onMore !== undefined && (
        <Button size="small" onClick={onMore}>
          {t('versions.more')}
        </Button>
      )}
    </nav>
  )
}

/** The document of a version; undefined while it is fetched, null when it cannot be read here. */
function useVersionDefinition(version: Version | undefined): WorkflowDefinition | null | undefined {
  const { client } = useEditor()
  const found = useQuery({
    queryKey: ['version', version?.id],
    queryFn: () => client.workflows.versionById.query({ versionId: version?.id ?? '' }),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (found.isError) return null
  if (found.data === undefined) return undefined
  const read = readDefinition(found.data.definition)
  return read.isReadable ? read.definition : null
}

function VersionChanges({ version }: { readonly version: Version }) {
  const t = useTexts()
  const draft = useDefinition()
  const definition = useVersionDefinition(version)
  if (definition === undefined) return <LoadingState />
  if (definition === null) return <Callout tone="warning">{t('versions.unreadable')}</Callout>
  return <Changes number={version.number} before={definition} after={draft} />
}

interface FooterProps {
  readonly version: Version | undefined
  readonly onDone: () => void
}

function Footer({ version, onDone }: FooterProps) {
  const t = useTexts()
  const toast = useToast()
  const builder = useBuilder()
  const { isReadOnly } = useEditor()
  const draft = useDefinition()
  const definition = useVersionDefinition(version)
  const isSame = definition == null || compareDefinitions(definition, draft).isSame
  return (
    <>
      <Button onClick={onDone}>{t('ui.close')}</Button>
      {version !== undefined && !isReadOnly && (
        <Button
          variant="primary"
          disabled={isSame}
          onClick={() => {
            if (definition == null) return
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
