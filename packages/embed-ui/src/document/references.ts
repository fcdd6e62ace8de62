// Which steps the expressions of a step refer to, and whether they can.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import { slotsOf, walkSteps } from './sequences.js'
import { describeSights } from './sight.js'

/** An expression of a step that refers to a step out of its sight. */
export interface BrokenReference {
  readonly stepId: string
  /** What is referred to: gone, later, or inside another way. */
  readonly missing: string
}

/** Every reference to a step that is not there where it is used. */
export function brokenReferences(definition: WorkflowDefinition): readonly BrokenReference[] {
  const sights = describeSights(definition)
  return [...walkSteps(definition)].flatMap(({ step }) => {
    const seen = new Set(sights.get(step.id)?.steps.map(({ id }) => id))
    return [...referencesOf(step)].filter((id) => !seen.has(id)).map((missing) => ({ stepId: step.id, missing }))
  })
}

/** References that an edit broke. */
export function newlyBroken(before: WorkflowDefinition, after: WorkflowDefinition): readonly BrokenReference[] {
  const known = new Set(brokenReferences(before).map(({ stepId, missing }) => `${stepId} ${missing}`))
  return brokenReferences(after).filter(({ stepId, missing }) => !known.has(`${stepId} ${missing}`))
}

/** Ids of the steps that a step's own expressions refer to; those of steps inside it are left out. */
export function referencesOf(step: Step): ReadonlySet<string> {
  const nested = new Set<unknown>(slotsOf(step).flatMap(({ steps, isSingle }) => (isSingle ? steps : [steps])))
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (nested.has(value)) return
    if (typeof value === 'string') for (const id of idsIn(value)) found.add(id)
    else if (Array.isArray(value)) for (const item of value) visit(item)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) if (!PLAIN_FIELDS.has(key)) visit(child)
    }
  }
  visit(step)
  return found
}

/** Programs and words of people: what looks like a reference in them is none. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(['source', 'note', 'name'])

const REFERENCE = /(?<![\w$.])steps(?:\s*\??\.\s*([a-z][a-z0-9_]*)\b|\s*\[\s*(['"])([a-z][a-z0-9_]*)\2\s*\])/g

function idsIn(text: string): readonly string[] {
  if (!text.includes('steps')) return []
  return [...text.matchAll(REFERENCE)].map(([, dotted, _quote, quoted]) => dotted ?? quoted ?? '')
}
