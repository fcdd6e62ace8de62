import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { WorkflowDefinition } from '../contracts/workflow.js'
import { anyDefinition } from '../testing/any-definition.js'
import { compileWorkflow } from './compile.js'
import { describeData } from './describe-data.js'
import { allSteps } from './walk.js'

/** The definition with every step reading whatever it may. */
function withReferences(definition: WorkflowDefinition): WorkflowDefinition {
  const copy = structuredClone(definition)
  const sights = describeData(copy)
  for (const { step } of allSteps(copy.steps)) {
    const seen = sights.get(step.id)?.steps ?? []
    Object.assign(step, { if: `{{ [${seen.map((id) => `steps.${id}`).join(', ')}] }}` })
  }
  return copy
}

/** One way to break a step, and the field at which that must be said. */
interface Mistake {
  readonly what: string
  readonly at: string
  make(step: Record<string, unknown>): void
}

const MISTAKES: readonly Mistake[] = [
  { what: 'another type', at: '/type', make: (step) => Object.assign(step, { type: 'nope' }) },
  { what: 'no type', at: '/type', make: (step) => delete step['type'] },
  { what: 'no id', at: '/id', make: (step) => delete step['id'] },
  { what: 'a number for an id', at: '/id', make: (step) => Object.assign(step, { id: 5 }) },
  { what: 'an unknown field', at: '/colour', make: (step) => Object.assign(step, { colour: 'red' }) },
  { what: 'a number for a condition', at: '/if', make: (step) => Object.assign(step, { if: 5 }) },
  { what: 'a list for a name', at: '/name', make: (step) => Object.assign(step, { name: [] }) },
  { what: 'a name without end', at: '/name', make: (step) => Object.assign(step, { name: 'x'.repeat(999) }) },
  { what: 'a text for retry', at: '/retry', make: (step) => Object.assign(step, { retry: 'often' }) },
  { what: 'an unknown onError', at: '/onError', make: (step) => Object.assign(step, { onError: 'panic' }) },
  { what: 'text for a step that undoes', at: '/compensate', make: (step) => Object.assign(step, { compensate: 'x' }) },
]

it('one mistake of shape gives one issue, at its place, whatever refers to the step', () => {
  const kinds = fc.constantFrom(...MISTAKES)
  fc.assert(
    fc.property(anyDefinition, fc.nat(), kinds, (definition, pick, { what, at, make }) => {
      const document = withReferences(definition)
      const places = [...allSteps(document.steps)]
      const place = places[pick % places.length]
      fc.pre(place !== undefined && places.length < 30)
      // Steps are plain objects, broken on purpose.
      make(place.step as unknown as Record<string, unknown>)
      const result = compileWorkflow(document)
      const gone = (message: string): boolean => {
        // What the mistake has overwritten, or named no more, is missed with good reason.
        const id = /There is no step "(s\d+)"/.exec(message)?.[1]
        return id !== undefined && !JSON.stringify(document).includes(`"id":"${id}"`)
      }
      const issues = result.ok ? [] : result.issues.filter(({ message }) => !gone(message))
      expect(
        issues.map(({ pointer }) => pointer),
        what,
      ).toEqual([place.pointer + at])
    }),
    { numRuns: 600 },
  )
})
