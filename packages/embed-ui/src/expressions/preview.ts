// What an expression gives with sample data. Fetched with the engine's own evaluator when it is first needed.
import type { JsonValue } from '@inlay/engine'
import { compileExpression, compileTemplate, type ExpressionScope, type TemplateIssue } from '@inlay/engine/expression'

export type Preview =
  | { readonly kind: 'value'; readonly value: JsonValue }
  /** It is not written as it must be; `position` counts characters from one. */
  | { readonly kind: 'wrong'; readonly issue: TemplateIssue; readonly position: number }
  /** It is well written, but gives nothing with this data; `data` of the error says why, for programs. */
  | { readonly kind: 'failed'; readonly data: unknown }

/** Characters of data that a preview works on at most takes: beyond it a page would stutter. */
const LIMITS = { ms: 100, fuel: 200_000 }

/** Works out a text with expressions in it, or, when it is bare, one expression without braces. */
export function previewOf(text: string, scope: ExpressionScope, isBare = false): Preview {
  const compiled = (isBare ? compileExpression : compileTemplate)(text, { limits: LIMITS })
  if (!compiled.ok) {
    // What does not compile has an issue.
    const issue = compiled.issues[0] as TemplateIssue
    return { kind: 'wrong', issue, position: issue.offset + 1 }
  }
  try {
    return { kind: 'value', value: compiled.template.evaluate(scope) }
  } catch (error) {
    return { kind: 'failed', data: typeof error === 'object' && error !== null && 'data' in error ? error.data : null }
  }
}
