import type { JsonValue } from '@inlay/engine'
import type { StepTest } from '../data/api-types.js'
import type { FieldIssue } from '../document/issues.js'
import type { MessageKey } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'

/**
 * What a failed test says of single fields: a service names the one that it refuses (`data.field`), and a connector lists
 * what is wrong with its input as `path: message`. What they say is quoted: it is in their words.
 */
export function testIssues({ stepId, status, error }: StepTest, t: Texts): readonly FieldIssue[] {
  if (status !== 'failed' || error === null) return []
  const { data, title } = error
  const say = (why: string) => usual(why, t) ?? t('issue.notRight', { why: why.replace(/[.]$/, '') })
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

const WANTED: Readonly<Record<string, MessageKey>> = {
  string: 'issue.needs.text',
  number: 'issue.needs.number',
  int: 'issue.needs.wholeNumber',
  boolean: 'issue.needs.boolean',
  array: 'issue.needs.list',
  object: 'issue.needs.object',
  record: 'issue.needs.object',
}

/** What schemas say most, known by its form: a value is missing, or of another kind. */
function usual(message: string, t: Texts): string | undefined {
  if (message === 'is required') return t('form.fillIn')
  // What was received is not looked at: schemas of imported connectors do not tell.
  const [, wanted = ''] = /^Invalid input: expected (\w+), received \w+$/.exec(message) ?? []
  const key = Object.hasOwn(WANTED, wanted) ? WANTED[wanted] : undefined
  return key === undefined ? undefined : t(key)
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
