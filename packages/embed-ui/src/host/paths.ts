import type { EditorPlace } from '../editor/editor-place.js'
import { WIDGETS, type WidgetName } from './widgets.js'

/** Where a widget is. */
export type WidgetPlace =
  | { readonly page: 'workflows' }
  | { readonly page: 'workflow'; readonly workflowId: string; readonly place: EditorPlace }
  | { readonly page: 'connections' | 'automations' | 'templates' | 'approvals' }
  | { readonly page: 'runs'; readonly runId?: string }

/** Reads a path; whatever is not one is where the widget begins. */
export function readPath(path: string, widget: WidgetName = 'builder'): WidgetPlace {
  const [route = '', query = ''] = (path.split('#')[0] ?? '').split('?')
  const [, root = '', id = '', view, runId = ''] = route.split('/')
  switch (root) {
    case 'connections':
    case 'automations':
    case 'templates':
    case 'approvals':
      return { page: root }
    case 'runs':
      return id === '' ? { page: 'runs' } : { page: 'runs', runId: id }
    case 'workflows':
      return id === ''
        ? { page: 'workflows' }
        : { page: 'workflow', workflowId: id, place: readEditor(view, runId, query) }
    default:
      return readPath(WIDGETS[widget], widget)
  }
}

function readEditor(view: string | undefined, runId: string, query: string): EditorPlace {
  if (view !== 'runs') return readBuilder(new URLSearchParams(query))
  return { view, ...(runId === '' ? {} : { runId }), ...(query === '' ? {} : { filters: query }) }
}

function readBuilder(query: URLSearchParams): EditorPlace {
  const stepId = query.get('step')
  if (stepId === null || stepId === '') return { view: 'builder' }
  const field = query.get('field')
  return { view: 'builder', stepId, ...(field === null || field === '' ? {} : { field }) }
}

/** The path of a place. */
export function writePath(where: WidgetPlace): string {
  if (where.page === 'runs') return where.runId === undefined ? '/runs' : `/runs/${where.runId}`
  if (where.page !== 'workflow') return `/${where.page}`
  const base = `/workflows/${where.workflowId}`
  const { view, runId, filters = '', stepId, field } = where.place
  if (view === 'builder') {
    if (stepId === undefined) return base
    return `${base}?${new URLSearchParams({ step: stepId, ...(field === undefined ? {} : { field }) })}`
  }
  const query = filters === '' ? '' : `?${filters}`
  return `${base}/runs${runId === undefined ? '' : `/${runId}`}${query}`
}

/** Whether a widget draws a page itself. The builder draws all of them; others leave foreign pages to the host. */
export function isOwnPage(widget: WidgetName, { page }: WidgetPlace): boolean {
  return widget === 'builder' || page === widget
}
