import { type Ref, useEffect, useMemo, useState } from 'react'
import type { Me, Workflow } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { readDefinition } from '../document/read-definition.js'
import { usedConnectors } from '../document/used-connectors.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { EditorProvider } from '../hooks/useEditor.js'
import { EventsProvider, useEmit } from '../hooks/useEvents.js'
import type { EventHub } from '../host/events.js'
import { type LinkTo, MaybeLinks } from '../links/link-context.js'
import { useTexts } from '../messages/useTexts.js'
import { type HotkeysOption, HotkeysProvider, readHotkeys } from '../shortcuts/useHotkeys.js'
import { createBuilder } from '../state/builder-store.js'
import { unsavedDraftIn } from '../state/unsaved-draft.js'
import { BuilderProvider, useDefinition } from '../state/useBuilder.js'
import { CodeBlock } from '../ui/Code.js'
import { Callout } from '../ui/Feedback.js'
import { LoadFailed } from '../ui/LoadFailed.js'
import { LoadingState } from '../ui/Spinner.js'
import { EditorShell } from './EditorShell.js'
import styles from './editor.module.css'
import type { EditorFeatures } from './editor-features.js'
import type { EditorHandle } from './editor-handle.js'
import type { EditorPlace } from './editor-place.js'
import { QueryProvider } from './QueryProvider.js'
import { useEditorData, useEditorServices } from './useEditorData.js'
import { useRestoredNotice } from './useRestoredNotice.js'

export interface WorkflowEditorProps {
  /** A client that is signed in. Keep it the same between renders. */
  readonly client: BuilderClient
  readonly workflowId: string
  /** Where the editor is; without it the editor keeps track itself. */
  readonly place?: EditorPlace
  readonly onPlaceChange?: (place: EditorPlace) => void
  /** Parts that can be hidden; hiding takes no permission away. @default all shown */
  readonly features?: EditorFeatures
  /** @default false; also true without permission to write */
  readonly readOnly?: boolean
  /** Which keyboard shortcuts work: all, none, or all but those of one key without Ctrl or Alt. @default true */
  readonly hotkeys?: HotkeysOption
  /** Shows a button that leads back. */
  readonly onBack?: () => void
  /** Where your pages show a path such as `/workflows/<id>/runs/<run id>`, for links that people share. */
  readonly linkTo?: LinkTo
  /** Hears the events of the editor. */
  readonly events?: EventHub
  readonly handle?: Ref<EditorHandle>
}

/** The builder of one workflow: canvas, step panel, test, publish and runs. Put it inside `InlayTheme`. */
export function WorkflowEditor({ events, hotkeys, linkTo, ...props }: WorkflowEditorProps) {
  const singleKey = typeof hotkeys === 'object' ? hotkeys.singleKey : undefined
  const isOn = hotkeys !== false
  const inForce = useMemo(
    () => readHotkeys(isOn ? { ...(singleKey === undefined ? {} : { singleKey }) } : false),
    [isOn, singleKey],
  )
  return (
    <EventsProvider value={events}>
      <HotkeysProvider value={inForce}>
        <QueryProvider>
          <MaybeLinks linkTo={linkTo}>
            <LoadedEditor key={props.workflowId} {...props} />
          </MaybeLinks>
        </QueryProvider>
      </HotkeysProvider>
    </EventsProvider>
  )
}

const NO_FEATURES: EditorFeatures = {}

function LoadedEditor(props: Omit<WorkflowEditorProps, 'events' | 'hotkeys' | 'linkTo'>) {
  const t = useTexts()
  const { workflow, me, error, retry } = useEditorData(props.client, props.workflowId)
  if (workflow !== undefined && me !== undefined) return <EditorRoom {...props} workflow={workflow} me={me} />
  if (error === null) return <LoadingState />
  return (
    <div className={styles['message']}>
      <LoadFailed title={t('editor.loadFailed')} error={error} onRetry={retry} />
    </div>
  )
}

interface EditorRoomProps extends Omit<WorkflowEditorProps, 'events' | 'hotkeys' | 'linkTo'> {
  readonly workflow: Workflow
  readonly me: Me
}

function EditorRoom(props: EditorRoomProps) {
  const builder = useOpenBuilder(props)
  return builder === undefined ? (
    <UnreadableDraft workflow={props.workflow} />
  ) : (
    <BuilderProvider value={builder}>
      <OpenEditor {...props} />
    </BuilderProvider>
  )
}

function OpenEditor({ client, workflow, me, readOnly = false, ...props }: EditorRoomProps) {
  useRestoredNotice()
  const definition = useDefinition()
  const { connectors } = useConnectors(client, usedConnectors(definition))
  const services = useEditorServices({ client, workflow, connectors, me, isReadOnly: readOnly })
  const [ownPlace, setOwnPlace] = useState<EditorPlace>({ view: 'builder' })
  const place = props.place ?? ownPlace
  const go = (next: EditorPlace) => {
    setOwnPlace(next)
    props.onPlaceChange?.(next)
  }
  return (
    <EditorProvider value={services}>
      <EditorShell
        place={place}
        onPlaceChange={go}
        features={props.features ?? NO_FEATURES}
        {...(props.onBack === undefined ? {} : { onBack: props.onBack })}
        {...(props.handle === undefined ? {} : { handle: props.handle })}
      />
    </EditorProvider>
  )
}

/** Opens the draft once. What the server says later is taken over through the builder's own actions. */
function useOpenBuilder({ client, workflow, me, readOnly = false }: EditorRoomProps) {
  const emit = useEmit()
  const [opened] = useState(() => ({
    draft: workflow.draft,
    id: workflow.id,
    isLive: workflow.published !== null && !workflow.hasUnpublishedChanges,
    unsaved:
      readOnly || !me.permissions.includes('workflows:write')
        ? undefined
        : unsavedDraftIn(() => window.sessionStorage, workflow.id, personOf(me)),
  }))
  const builder = useMemo(() => {
    const read = readDefinition(opened.draft.definition)
    if (!read.isReadable) return undefined
    return createBuilder({
      client,
      workflowId: opened.id,
      definition: read.definition,
      revision: opened.draft.revision,
      issues: opened.draft.issues,
      isLive: opened.isLive,
      unsaved: opened.unsaved,
      onSaved: () => emit('workflow.updated', { workflowId: opened.id }),
    })
  }, [client, opened, emit])
  useEffect(() => () => builder?.dispose(), [builder])
  return builder
}

/** Tells people apart who use the same tab of a browser one after the other. */
function personOf({ caller, member, endUser }: Me): string {
  return member?.id ?? endUser?.sub ?? caller
}

function UnreadableDraft({ workflow }: { readonly workflow: Workflow }) {
  const t = useTexts()
  const { definition } = workflow.draft
  const read = readDefinition(definition)
  return (
    <div className={styles['message']}>
      <Callout tone="warning" title={t('editor.unreadable')}>
        {t('editor.unreadableText', { reason: read.isReadable ? '' : read.reason })}
      </Callout>
      <CodeBlock code={JSON.stringify(definition, null, 2)} label={workflow.name} />
    </div>
  )
}
