import { useStore } from 'zustand'
import type { ConnectionManagerProps } from '../accounts/ConnectionManager.js'
import type { ApprovalInboxProps } from '../approvals/ApprovalInbox.js'
import type { AutomationListProps } from '../automations/AutomationList.js'
import type { Me } from '../data/api-types.js'
import type { WorkflowEditorProps } from '../editor/WorkflowEditor.js'
import type { RunHistoryProps } from '../run-history/RunHistory.js'
import type { RunViewProps } from '../runs/RunView.js'
import type { TemplateGalleryProps } from '../templates/TemplateGallery.js'
import { fetched } from '../ui/fetched.js'
import { WorkflowList } from '../workflows/WorkflowList.js'
import type { BuilderController } from './controller.js'
import type { EmbedSession } from './embed-session.js'
import { isOwnPage, readPath, type WidgetPlace, writePath } from './paths.js'
import type { WidgetName } from './widgets.js'

const WorkflowEditor = fetched<WorkflowEditorProps>(
  async () => (await import('../editor/WorkflowEditor.js')).WorkflowEditor,
)
const RunView = fetched<RunViewProps>(async () => (await import('../runs/RunView.js')).RunView)
const RunHistory = fetched<RunHistoryProps>(async () => (await import('../run-history/RunHistory.js')).RunHistory)
const ConnectionManager = fetched<ConnectionManagerProps>(
  async () => (await import('../accounts/ConnectionManager.js')).ConnectionManager,
)
const AutomationList = fetched<AutomationListProps>(
  async () => (await import('../automations/AutomationList.js')).AutomationList,
)
const TemplateGallery = fetched<TemplateGalleryProps>(
  async () => (await import('../templates/TemplateGallery.js')).TemplateGallery,
)
const ApprovalInbox = fetched<ApprovalInboxProps>(
  async () => (await import('../approvals/ApprovalInbox.js')).ApprovalInbox,
)

export interface WidgetPagesProps {
  readonly controller: BuilderController
  readonly session: EmbedSession
  readonly me: Me
}

/** What the path says. */
export function WidgetPages({ controller, session, me }: WidgetPagesProps) {
  const { path, settings } = useStore(controller.store)
  const { widget = 'builder', readOnly = false } = settings
  const where = readPath(path, widget)
  const go = (next: WidgetPlace) => controller.moved(writePath(next))
  const common = { client: session.client, me, isReadOnly: readOnly, events: controller.events }
  const openWorkflow = (workflowId: string) => go({ page: 'workflow', workflowId, place: { view: 'builder' } })
  const openStep = (workflowId: string, stepId: string, field: string | undefined) =>
    go({ page: 'workflow', workflowId, place: { view: 'builder', stepId, ...(field === undefined ? {} : { field }) } })
  const openRun = (runId: string) => go({ page: 'runs', runId })
  const showWorkflows = () => go({ page: 'workflows' })
  switch (where.page) {
    case 'workflows':
      return <WorkflowList {...common} onOpen={openWorkflow} />
    case 'workflow':
      return <EditorPage controller={controller} client={session.client} where={where} go={go} />
    case 'connections':
      return <ConnectionManager {...common} />
    case 'automations':
      return (
        <AutomationList
          {...common}
          {...ifOwn(widget, 'runs', { onOpenRun: openRun })}
          {...ifOwn(widget, 'workflows', { onStart: showWorkflows })}
        />
      )
    case 'templates':
      return <TemplateGallery {...common} onOpen={openWorkflow} />
    case 'approvals':
      return (
        <ApprovalInbox
          {...common}
          {...ifOwn(widget, 'runs', { onOpenRun: openRun })}
          {...ifOwn(widget, 'workflows', { onStart: showWorkflows })}
        />
      )
    case 'runs':
      return where.runId === undefined ? (
        <RunHistory {...common} onOpen={openRun} {...ifOwn(widget, 'workflows', { onStart: showWorkflows })} />
      ) : (
        <RunView
          key={where.runId}
          client={session.client}
          runId={where.runId}
          onOpen={openRun}
          onBack={() => go({ page: 'runs' })}
          {...ifOwn(widget, 'workflows', { onOpenWorkflow: openWorkflow, onOpenStep: openStep })}
        />
      )
  }
}

/** Links to what the widget does not draw would lead nowhere. */
function ifOwn<Links extends object>(widget: WidgetName, page: 'runs' | 'workflows', links: Links): Partial<Links> {
  return isOwnPage(widget, { page }) ? links : {}
}

interface EditorPageProps {
  readonly controller: BuilderController
  readonly client: EmbedSession['client']
  readonly where: Extract<WidgetPlace, { page: 'workflow' }>
  readonly go: (where: WidgetPlace) => void
}

function EditorPage({ controller, client, where, go }: EditorPageProps) {
  const { settings } = useStore(controller.store)
  const { readOnly = false, features, closable = false, hotkeys } = settings
  return (
    <WorkflowEditor
      client={client}
      workflowId={where.workflowId}
      place={where.place}
      onPlaceChange={(place) => go({ ...where, place })}
      readOnly={readOnly}
      onBack={() => (closable ? controller.events.emit('close.requested', {}) : go({ page: 'workflows' }))}
      events={controller.events}
      handle={controller.setEditor}
      {...(features === undefined ? {} : { features })}
      {...(hotkeys === undefined ? {} : { hotkeys })}
    />
  )
}
