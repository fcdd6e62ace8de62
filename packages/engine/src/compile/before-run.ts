import type { DefinitionIssue } from '../contracts/issue.js'
import type { TemplateResult } from '../expression/index.js'
import { asSentence } from './step-reasons.js'

/** What expressions see before there is a run: in filters of triggers, and in the keys of policies. */
const SEEN = ['trigger', 'customer', 'tenant']

/** What is wrong with an expression that decides whether and when a run starts. */
export function beforeRunIssues(compiled: TemplateResult, pointer: string): DefinitionIssue[] {
  const broken = compiled.ok ? [] : compiled.issues
  return [
    ...broken.map((issue) => ({ ...issue, pointer, message: asSentence(issue.message) })),
    ...compiled.uses
      .filter(({ reference: [root] }) => !SEEN.includes(root))
      .map(({ reference: [root], offset }) => ({
        code: 'reference.before_run' as const,
        pointer,
        message: `"${root}" does not exist before a run has started.`,
        expected: `data of ${SEEN.join(', ')}`,
        details: { name: root },
        offset,
      })),
  ]
}
