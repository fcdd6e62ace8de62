import type { Step } from '@inlay/engine'
import type { ConnectorSummary } from '../data/api-types.js'
import type { PlacedIssue } from '../document/issues.js'
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
