import type { EditorPlace } from '@inlay/embed-ui'

/**
 * Where the portal shows a step of a workflow.
 *
 * @param field the field that is led to, as a JSON Pointer in the step
 */
export function addressOfStep(workflowId: string, stepId: string, field: string | undefined): string {
  const query = new URLSearchParams({ step: stepId, ...(field === undefined ? {} : { field }) })
  return `/workflows/${workflowId}?${query}`
}

/** The place of the builder that such an address names by its query. */
export function placeOfStep(search: string): EditorPlace {
  const query = new URLSearchParams(search)
  const [stepId, field] = [query.get('step'), query.get('field')]
  return { view: 'builder', ...(stepId === null ? {} : { stepId }), ...(field === null ? {} : { field }) }
}
