import type { Step } from '@inlay/engine'
import type { ConnectorSummary } from '../data/api-types.js'
import type { PlacedIssue } from '../document/issues.js'
import { schemaFields } from '../forms/schema.js'
import type { Texts } from '../messages/useTexts.js'

/** An issue in words for a list apart from the form: names the field, and says of an empty one only that it is empty. */
export function issueText(
  issue: PlacedIssue,
  step: Step | undefined,
  connectors: readonly ConnectorSummary[],
  t: Texts,
): string {
  const name = /^\/input\/([^/]+)$/.exec(issue.field)?.[1]
  if (step?.type !== 'action' || name === undefined) return issue.message
  const value = step.input[name]
  if (value !== undefined && value !== '') return issue.message
  const schema = connectors
    .find(({ id }) => id === step.connector)
    ?.actions.find(({ id }) => id === step.action)?.inputSchema
  const field = schemaFields(schema ?? {}).find((each) => each.name === name)
  return t('issue.fillIn', { name: field?.title ?? name })
}
