import type { Step } from '@inlay/engine'
import type { ConnectorSummary } from '../data/api-types.js'
import type { PlacedIssue } from '../document/issues.js'
import { schemaFields } from '../forms/schema.js'
import type { MessageKey } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'

/** What fields are called in the forms, by the end of their pointer; longer ends first. */
const FIELD_NAMES: readonly (readonly [ending: string, name: MessageKey])[] = [
  ['/approval/title', 'approval.title'],
  ['/event/name', 'wait.event'],
  ['/if', 'condition.label'],
  ['/items', 'forEach.items'],
  ['/condition', 'while.condition'],
  ['/workflow', 'call.workflow'],
  ['/event', 'publish.event'],
  ['/source', 'code.source'],
  ['/for', 'wait.for'],
  ['/until', 'wait.until'],
  ['/timeout', 'wait.timeout'],
]

/** An issue in words for a list apart from the form: names the field, and says of an empty one only that it is empty. */
export function issueText(
  issue: PlacedIssue,
  step: Step | undefined,
  connectors: readonly ConnectorSummary[],
  t: Texts,
): string {
  const { field, message } = issue
  const value = valueAt(step, field)
  if (step === undefined || field === '' || (value !== undefined && value !== '')) return message
  const name = /^\/input\/([^/]+)$/.exec(field)?.[1]
  if (step.type === 'action' && name !== undefined) return t('issue.fillIn', { name: titleOf(step, name, connectors) })
  const known = FIELD_NAMES.find(([ending]) => field.endsWith(ending))
  return known === undefined ? message : t('issue.fillIn', { name: t(known[1]) })
}

function titleOf(step: Step & { type: 'action' }, name: string, connectors: readonly ConnectorSummary[]): string {
  const connector = connectors.find(({ id }) => id === step.connector)
  const schema = connector?.actions.find(({ id }) => id === step.action)?.inputSchema
  return schemaFields(schema ?? {}).find((each) => each.name === name)?.title ?? name
}

/** What is at a JSON Pointer. Keys of a definition need no escapes. */
function valueAt(step: unknown, pointer: string): unknown {
  let value = step
  for (const key of pointer.split('/').slice(1)) {
    // Looked up as the pointer says; what is no object has no keys.
    value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
  }
  return value
}
