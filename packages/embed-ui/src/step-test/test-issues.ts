import type { JsonValue } from '@inlay/engine'
import type { StepTest } from '../data/api-types.js'
import type { FieldIssue } from '../document/issues.js'

/**
 * What a failed test says of single fields: a service names the one that it refuses (`data.field`), and a connector lists
 * what is wrong with its input as `path: message`.
 */
export function testIssues({ stepId, status, error }: StepTest): readonly FieldIssue[] {
  if (status !== 'failed' || error === null) return []
  const { data, title } = error
  if (Array.isArray(data)) return data.flatMap((line: JsonValue) => listed(stepId, line))
  if (typeof data !== 'object' || data === null || !('field' in data)) return []
  // Checked above: an object with that field.
  const { field } = data as { readonly field: JsonValue }
  return typeof field === 'string' ? [{ owner: stepId, field: pointerOf(field), message: title }] : []
}

function listed(owner: string, line: JsonValue): readonly FieldIssue[] {
  const [, path, message] = typeof line === 'string' ? (/^([\w$.[\]-]+): (.+)$/s.exec(line) ?? []) : []
  return path === undefined || message === undefined ? [] : [{ owner, field: pointerOf(path), message }]
}

function pointerOf(path: string): string {
  return `/input/${path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .join('/')}`
}
