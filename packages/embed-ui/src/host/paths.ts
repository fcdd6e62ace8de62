import type { EditorPlace } from '../editor/WorkflowEditor.js'

/** Where a widget is: on the list, or in one workflow. */
export type WidgetPlace =
  | { readonly page: 'workflows' }
  | { readonly page: 'workflow'; readonly workflowId: string; readonly place: EditorPlace }

/** Reads a path; whatever is not one is the list. */
export function readPath(path: string): WidgetPlace {
  const [, root, workflowId, view, runId] = (path.split(/[?#]/)[0] ?? '').split('/')
  if (root !== 'workflows' || workflowId === undefined || workflowId === '') return { page: 'workflows' }
  if (view !== 'runs') return { page: 'workflow', workflowId, place: { view: 'builder' } }
  const place: EditorPlace = runId === undefined || runId === '' ? { view } : { view, runId }
  return { page: 'workflow', workflowId, place }
}

/** The path of a place. */
export function writePath(where: WidgetPlace): string {
  if (where.page === 'workflows') return '/workflows'
  const base = `/workflows/${where.workflowId}`
  if (where.place.view === 'builder') return base
  return where.place.runId === undefined ? `${base}/runs` : `${base}/runs/${where.place.runId}`
}
