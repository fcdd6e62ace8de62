import {
  ArrowLeft,
  Check,
  CloudOff,
  FileClock,
  FlaskConical,
  History,
  LoaderCircle,
  PenLine,
  Rocket,
  TriangleAlert,
  Workflow as WorkflowIcon,
} from 'lucide-react'
import { ViewSwitch } from '../canvas/ViewSwitch.js'
import type { Presence } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { People } from '../presence/People.js'
import { ProblemsPanel } from '../problems/ProblemsPanel.js'
import { FileMenu } from '../start/FileMenu.js'
import type { SaveStatus } from '../state/autosave.js'
import { useBuilderState } from '../state/useBuilder.js'
import { Button, IconButton } from '../ui/Button.js'
import { Tabs } from '../ui/Tabs.js'
import { EnabledSwitch } from './EnabledSwitch.js'
import styles from './editor.module.css'
import type { EditorFeatures } from './editor-features.js'
import type { EditorPlace } from './editor-place.js'
import { UndoButtons } from './UndoButtons.js'
import { WorkflowName } from './WorkflowName.js'

export interface EditorToolbarProps {
  readonly place: EditorPlace
  readonly onPlaceChange: (place: EditorPlace) => void
  readonly features: EditorFeatures
  readonly onBack?: () => void
  /** Those who have the workflow open, this window among them. */
  readonly people: readonly Presence[]
  readonly onTest: () => void
  readonly onPublish: () => void
  readonly onVersions: () => void
}

/** Name, save state, undo and redo, views, test, publish and the switch of a workflow. */
export function EditorToolbar({
  people,
  place,
  onPlaceChange,
  features,
  onBack,
  onTest,
  onPublish,
  onVersions,
}: EditorToolbarProps) {
  const t = useTexts()
  const { can, isReadOnly, workflow } = useEditor()
  const hasVersions = workflow.published !== null && features.versions !== false
  return (
    <header className={styles['toolbar']} data-inlay-part="toolbar">
      <div className={styles['start']}>
        {onBack !== undefined && (
          <IconButton label={t('toolbar.back')} onClick={onBack}>
            <ArrowLeft size={17} data-mirror />
          </IconButton>
        )}
        <WorkflowName isEditable={!isReadOnly && features.rename !== false} />
        {isReadOnly ? <span className={styles['save']}>{t('toolbar.readOnly')}</span> : <SaveState />}
        <People people={people} />
      </div>
      {features.runs !== false && (
        <Tabs
          label={t('toolbar.tabs')}
          selected={place.view}
          onSelect={(view) => onPlaceChange({ view })}
          tabs={[
            { id: 'builder', label: t('toolbar.builder'), icon: <WorkflowIcon size={14} /> },
            { id: 'runs', label: t('toolbar.runs'), icon: <History size={14} /> },
          ]}
        />
      )}
      <div className={styles['end']}>
        {!isReadOnly && place.view === 'builder' && <UndoButtons />}
        {!isReadOnly && <ProblemsPanel onShow={() => onPlaceChange({ view: 'builder' })} />}
        {place.view === 'builder' && <ViewSwitch />}
        {hasVersions && (
          <IconButton label={t('versions.open')} data-narrow="gone" onClick={onVersions}>
            <FileClock size={16} />
          </IconButton>
        )}
        {place.view === 'builder' && <FileMenu onVersions={hasVersions ? onVersions : undefined} />}
        {features.enable !== false && <EnabledSwitch />}
        {can('runs:start') && features.testing !== false && (
          <Button icon={<FlaskConical size={15} />} data-narrow="icon" onClick={onTest}>
            {t('toolbar.test')}
          </Button>
        )}
        {can('workflows:publish') && !isReadOnly && features.publish !== false && (
          <PublishButton onPublish={onPublish} />
        )}
      </div>
    </header>
  )
}

function PublishButton({ onPublish }: { readonly onPublish: () => void }) {
  const t = useTexts()
  const isLive = useBuilderState(({ history, live }) => history.present === live)
  return (
    <Button
      variant={isLive ? 'secondary' : 'primary'}
      icon={isLive ? <Check size={15} /> : <Rocket size={15} />}
      data-narrow="short"
      onClick={onPublish}
    >
      {isLive ? t('toolbar.published') : t('toolbar.publish')}
    </Button>
  )
}

const SAVE_ICONS = {
  saved: Check,
  unsaved: PenLine,
  saving: LoaderCircle,
  offline: CloudOff,
  signedOut: CloudOff,
  conflict: TriangleAlert,
  refused: TriangleAlert,
} as const satisfies Record<SaveStatus, typeof Check>

function SaveState() {
  const t = useTexts()
  const status = useBuilderState(({ save }) => save.status)
  const Icon = SAVE_ICONS[status]
  return (
    <span className={styles['save']} data-status={status} role="status" data-inlay-part="save-state">
      <Icon size={14} aria-hidden="true" />
      <span>{t(`toolbar.${status}`)}</span>
    </span>
  )
}
