import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Presence } from '../data/api-types.js'
import { TRIGGER_OWNER } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useEmit } from '../hooks/useEvents.js'
import { useTexts } from '../messages/useTexts.js'
import { useDraftState } from '../presence/useDraftState.js'
import { useFollowDraft } from '../presence/useFollowDraft.js'
import { focusField } from '../problems/focus-field.js'
import type { RunListProps } from '../runs/RunList.js'
import type { RunPageProps } from '../runs/RunPage.js'
import { useBuilder, useBuilderState } from '../state/useBuilder.js'
import { useSaveMoments } from '../state/useSaveMoments.js'
import { TestUpToProvider } from '../step-test/useTestUpTo.js'
import { fetched } from '../ui/fetched.js'
import { useToast } from '../ui/Toast.js'
import { VersionHistory } from '../versions/VersionHistory.js'
import { BuilderView } from './BuilderView.js'
import { EditorToolbar, type EditorToolbarProps } from './EditorToolbar.js'
import styles from './editor.module.css'
import type { EditorHandle } from './editor-handle.js'
import type { EditorPlace } from './editor-place.js'
import { PublishDialog } from './PublishDialog.js'
import { SaveBanner } from './SaveBanner.js'
import { TestDialog } from './TestDialog.js'

const RunList = fetched<RunListProps>(async () => (await import('../runs/RunList.js')).RunList)
const RunPage = fetched<RunPageProps>(async () => (await import('../runs/RunPage.js')).RunPage)

interface EditorShellProps extends Pick<EditorToolbarProps, 'place' | 'onPlaceChange' | 'features' | 'onBack'> {
  readonly handle?: Ref<EditorHandle>
}

const NOBODY: readonly Presence[] = []

type OpenDialog = 'test' | 'publish' | 'versions' | undefined

/** Toolbar, the view below it, and the dialogs of an editor. */
export function EditorShell({ place, onPlaceChange, features, onBack, handle }: EditorShellProps) {
  const { can } = useEditor()
  const [dialog, setDialog] = useState<OpenDialog>()
  const [upTo, setUpTo] = useState<string>()
  const test = (stepId?: string) => {
    setUpTo(stepId)
    setDialog('test')
  }
  useHandle(handle, () => setDialog('publish'))
  useBuilderEvents()
  useSaveMoments(useBuilder())
  const draft = useDraftState()
  useFollowDraft(draft)
  const shell = useRef<HTMLDivElement>(null)
  useOpenStep(shell, place)
  return (
    <div ref={shell} className={styles['shell']}>
      {features.header !== false && (
        <EditorToolbar
          place={place}
          features={features}
          people={draft?.people ?? NOBODY}
          onPlaceChange={onPlaceChange}
          onTest={() => test()}
          onPublish={() => setDialog('publish')}
          onVersions={() => setDialog('versions')}
          {...(onBack === undefined ? {} : { onBack })}
        />
      )}
      <SaveBanner />
      {place.view === 'builder' ? (
        <TestUpToProvider value={can('runs:start') && features.testing !== false ? test : undefined}>
          <BuilderView features={features} onTest={() => test()} onPublish={() => setDialog('publish')} />
        </TestUpToProvider>
      ) : (
        <Runs place={place} onPlaceChange={onPlaceChange} />
      )}
      {dialog === 'test' && (
        <TestDialog
          upTo={upTo}
          onClose={() => setDialog(undefined)}
          onStarted={(runId) => {
            setDialog(undefined)
            onPlaceChange({ view: 'runs', runId })
          }}
        />
      )}
      {dialog === 'versions' && <VersionHistory onClose={() => setDialog(undefined)} />}
      {dialog === 'publish' && (
        <PublishDialog onClose={() => setDialog(undefined)} onShow={() => onPlaceChange({ view: 'builder' })} />
      )}
    </div>
  )
}

/** The runs of the workflow, or the one that is open. */
function Runs({ place, onPlaceChange }: Pick<EditorShellProps, 'place' | 'onPlaceChange'>) {
  const { workflow } = useEditor()
  const { runId, filters = '' } = place
  const open = (next: string) => onPlaceChange({ ...place, runId: next })
  if (runId === undefined) {
    return (
      <RunList
        workflowId={workflow.id}
        filters={filters}
        onFilters={(next) => onPlaceChange({ view: 'runs', filters: next })}
        onOpen={open}
      />
    )
  }
  return (
    <RunPage
      key={runId}
      runId={runId}
      path={`/workflows/${workflow.id}/runs/${runId}`}
      onOpen={open}
      onBack={() => onPlaceChange({ view: 'runs', filters })}
      onFix={(stepId, field) => onPlaceChange({ view: 'builder', stepId, ...(field === undefined ? {} : { field }) })}
    />
  )
}

function useHandle(handle: Ref<EditorHandle> | undefined, openPublish: () => void): void {
  const builder = useBuilder()
  useImperativeHandle(handle, () => ({
    save: async () => (await builder.flush()).status === 'saved',
    publish: openPublish,
    undo: builder.undo,
    redo: builder.redo,
    getState: () => {
      const { save, issues } = builder.store.getState()
      return { dirty: save.status !== 'saved', errors: issues.length }
    },
  }))
}

/** Opens the step that the place names, whenever it names another one. */
function useOpenStep(shell: RefObject<HTMLElement | null>, { view, stepId, field }: EditorPlace): void {
  const t = useTexts()
  const toast = useToast()
  const builder = useBuilder()
  useEffect(() => {
    if (view !== 'builder' || stepId === undefined) return
    const { present } = builder.store.getState().history
    if (stepId !== TRIGGER_OWNER && findStep(present, stepId) === undefined) {
      toast({ tone: 'danger', title: t('failure.stepGone'), detail: t('failure.stepGoneText') })
      return
    }
    builder.select(stepId)
    if (field !== undefined) focusField(shell.current, field)
  }, [builder, shell, view, stepId, field, t, toast])
}

function useBuilderEvents(): void {
  const emit = useEmit()
  const dirty = useBuilderState(({ save }) => save.status !== 'saved')
  const errors = useBuilderState(({ issues }) => issues.length)
  useEffect(() => emit('workflow.dirty', { dirty }), [emit, dirty])
  useEffect(() => emit('workflow.validation', { errors }), [emit, errors])
}
