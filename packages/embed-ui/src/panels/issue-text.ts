import type { DefinitionIssue, Step, WorkflowDefinition } from '@inlay/engine'
import type { ConnectorSummary } from '../data/api-types.js'
import { type PlacedIssue, placeIssues } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import type { Texts } from '../messages/useTexts.js'
import { fieldTitle, issueWords } from '../problems/issue-words.js'

/** An issue in words for a list apart from the form: names the field, then says what is wrong. */
export function issueText(
  issue: PlacedIssue,
  step: Step | undefined,
  connectors: readonly ConnectorSummary[],
  t: Texts,
): string {
  const context = { step, connectors, stepNames: () => undefined, t }
  const name = fieldTitle(issue, context)
  const text = issueWords(issue, context)
  if (name === undefined) return text
  return text === t('form.fillIn') ? t('issue.fillIn', { name }) : t('issue.of', { name, text })
}

/** All issues that a server named, in words and in one text. */
export function issuesText(
  issues: readonly DefinitionIssue[],
  definition: WorkflowDefinition,
  connectors: readonly ConnectorSummary[],
  t: Texts,
): string {
  return placeIssues(definition, issues)
    .map((issue) => issueText(issue, findStep(definition, issue.owner)?.step, connectors, t))
    .join(' ')
}
