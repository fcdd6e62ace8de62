import type { JsonValue } from '@inlay/engine'
import type { StepTest } from '../data/api-types.js'
import type { FieldIssue } from '../document/issues.js'
import type { Texts } from '../messages/useTexts.js'

/**
 * What a failed test says of single fields: a service names the one that it refuses (`data.field`), and a connector lists
 * what is wrong with its input as `path: message`. What they say is quoted: it is in their words.
 */
export function testIssues({ stepId, status, error }: StepTest, t: Texts): readonly FieldIssue[] {
  if (status !== 'failed' || error === null) return []
  const { data, title } = error
  const say = (why: string) => t('issue.notRight', { why: why.replace(/[.]$/, '') })
  if (Array.isArray(data)) {
    return data.flatMap((line: JsonValue) => {
      const found = listed(line)
      return found === undefined ? [] : [{ owner: stepId, field: pointerOf(found.path), message: say(found.message) }]
    })
  }
  if (typeof data !== 'object' || data === null || !('field' in data)) return []
  // Checked above: an object with that field.
  const { field } = data as { readonly field: JsonValue }
  return typeof field === 'string' ? [{ owner: stepId, field: pointerOf(field), message: say(title) }] : []
}

function listed(line: JsonValue): { readonly path: string; readonly message: string } | undefined {
  const [, path, message] = typeof line === 'string' ? (/^([\w$.[\]-]+): (.+)$/s.exec(line) ?? []) : []
  return path === undefined || message === undefined ? undefined : { path, message }
}

function pointerOf(path: string): string {
  return `/input/${path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .join('/')}`
}
