import type { Step } from '@inlay/engine'
import type { ConnectorSummary } from '../data/api-types.js'
import { schemaFields } from '../forms/schema.js'
import type { MessageKey } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'

/** What the first part of a field's path is called. */
const NAMES: Readonly<Record<string, MessageKey>> = {
  name: 'diff.name',
  if: 'condition.label',
  note: 'diff.note',
  connection: 'diff.connection',
  retry: 'diff.retry',
  timeout: 'diff.timeout',
  onError: 'diff.onError',
  compensate: 'diff.compensate',
  items: 'forEach.items',
  condition: 'while.condition',
  workflow: 'call.workflow',
  source: 'code.source',
  for: 'wait.for',
  until: 'wait.until',
  version: 'diff.version',
  type: 'diff.type',
}

/**
 * What a field that changed is called: its title in the connector's form, or words for what a step has of its own.
 *
 * @param path JSON Pointer within the step
 */
export function fieldLabel(
  path: string,
  step: Step | undefined,
  connectors: readonly ConnectorSummary[],
  t: Texts,
): string {
  const [first = '', second, ...rest] = path.split('/').slice(1)
  if (first === 'input' && second !== undefined) {
    return [inputTitle(step, second, connectors), ...rest.map(words)].join(' › ')
  }
  const known = NAMES[first]
  const start = known === undefined ? words(first) : t(known)
  return [start, ...(second === undefined ? [] : [second, ...rest]).map(words)].join(' › ')
}

function inputTitle(step: Step | undefined, name: string, connectors: readonly ConnectorSummary[]): string {
  if (step?.type !== 'action') return words(name)
  const connector = connectors.find(({ id }) => id === step.connector)
  const schema = connector?.actions.find(({ id }) => id === step.action)?.inputSchema
  return schemaFields(schema ?? {}).find((field) => field.name === name)?.title ?? words(name)
}

/** A key as words: `maxAttempts` as "Max attempts"; a place in a list counts from 1. */
function words(key: string): string {
  if (/^\d+$/.test(key)) return String(Number(key) + 1)
  const spaced = key.replaceAll(/([a-z])([A-Z])|[_-]+/g, (_match, before?: string, after?: string) =>
    before === undefined || after === undefined ? ' ' : `${before} ${after.toLowerCase()}`,
  )
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
