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
function brokenReferences(definition: WorkflowDefinition): readonly BrokenReference[] {
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
function referencesOf(step: Step): ReadonlySet<string> {
  const nested = new Set<unknown>(
    slotsOf(step).flatMap(({ steps, isSingle }): readonly unknown[] => (isSingle ? steps : [steps])),
  )
  return new Set(textsIn(step, nested).flatMap(idsIn))
}

/** Every text in a value, without what lies in the parts that are left out. */
function textsIn(value: unknown, leftOut: ReadonlySet<unknown>): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || leftOut.has(value)) return []
  const parts = Array.isArray(value) ? value.entries() : Object.entries(value)
  return [...parts].flatMap(([key, child]) => (PLAIN_FIELDS.has(String(key)) ? [] : textsIn(child, leftOut)))
}

/** Programs and words of people: what looks like a reference in them is none. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(['source', 'note', 'name'])

const REFERENCE = /(?<![\w$.])steps(?:\s*\??\.\s*([a-z][a-z0-9_]*)\b|\s*\[\s*(['"])([a-z][a-z0-9_]*)\2\s*\])/g

function idsIn(text: string): readonly string[] {
  if (!text.includes('steps')) return []
  return [...text.matchAll(REFERENCE)].map(([, dotted, _quote, quoted]) => dotted ?? quoted ?? '')
}
