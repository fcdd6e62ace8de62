import { type JsonValue, workflowSchema } from '@inlay/engine'
import { type Guardrails, guardrailIssues } from '../guardrails/index.js'

/**
 * Whether a customer could publish what a template holds. One that guardrails would refuse is not offered.
 *
 * @param rules null for those whom no guardrails hold
 */
export function isTemplateOffered(rules: Guardrails | null, definition: JsonValue): boolean {
  if (rules === null) return true
  const parsed = workflowSchema.safeParse(definition)
  // What was kept before the schema grew is shown as it is: publishing says what is wrong with it.
  return !parsed.success || guardrailIssues(parsed.data, rules).length === 0
}
