import type { EditorPlace } from '../editor/WorkflowEditor.js'
import { WIDGETS, type WidgetName } from './widgets.js'

/** Where a widget is. */
export type WidgetPlace =
  | { readonly page: 'workflows' }
  | { readonly page: 'workflow'; readonly workflowId: string; readonly place: EditorPlace }
  | { readonly page: 'connections' | 'automations' | 'templates' | 'approvals' }
  | { readonly page: 'runs'; readonly runId?: string }

/** Reads a path; whatever is not one is where the widget begins. */
export function readPath(path: string, widget: WidgetName = 'builder'): WidgetPlace {
  const [, root = '', id = '', view, runId = ''] = (path.split(/[?#]/)[0] ?? '').split('/')
  switch (root) {
    case 'connections':
    case 'automations':
    case 'templates':
    case 'approvals':
      return { page: root }
    case 'runs':
      return id === '' ? { page: 'runs' } : { page: 'runs', runId: id }
    case 'workflows':
      return id === '' ? { page: 'workflows' } : { page: 'workflow', workflowId: id, place: readEditor(view, runId) }
    default:
      return readPath(WIDGETS[widget], widget)
  }
}

function readEditor(view: string | undefined, runId: string): EditorPlace {
  if (view !== 'runs') return { view: 'builder' }
  return runId === '' ? { view } : { view, runId }
}

/** The path of a place. */
export function writePath(where: WidgetPlace): string {
  if (where.page === 'runs') return where.runId === undefined ? '/runs' : `/runs/${where.runId}`
  if (where.page !== 'workflow') return `/${where.page}`
  const base = `/workflows/${where.workflowId}`
  if (where.place.view === 'builder') return base
  return where.place.runId === undefined ? `${base}/runs` : `${base}/runs/${where.place.runId}`
}

/** Whether a widget draws a page itself. The builder draws all of them; others leave foreign pages to the host. */
export function isOwnPage(widget: WidgetName, { page }: WidgetPlace): boolean {
  return widget === 'builder' || page === widget
}
