import fc from 'fast-check'
import { allSteps } from '../compile/walk.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'

/** Steps without ids, which are given once all of them are known. */
const { steps: drafts } = fc.letrec<{ steps: object[]; step: object }>((tie) => {
  const steps = tie('steps')
  const block = fc.oneof(
    fc.tuple(steps, steps).map(([a, b]) => ({ type: 'branch', cases: [{ if: 'true', steps: a }], else: b })),
    fc
      .tuple(steps, steps, fc.constantFrom('all', 'any'))
      .map(([a, b, join]) => ({ type: 'parallel', join, branches: { a, b } })),
    fc.tuple(steps, steps).map(([a, b]) => ({
      type: 'split',
      variants: [
        { name: 'a', weight: 1, steps: a },
        { name: 'b', weight: 1, steps: b },
      ],
    })),
    steps.map((inner) => ({ type: 'forEach', items: [], steps: inner })),
    steps.map((inner) => ({ type: 'while', condition: 'true', max: 2, steps: inner })),
    fc.tuple(steps, steps, steps).map(([a, b, c]) => ({ type: 'try', steps: a, catch: b, finally: c })),
    steps.map((inner) => ({ type: 'wait', approval: { title: 't' }, steps: inner })),
    steps.map((fallback) => ({ type: 'set', values: {}, onError: { fallback } })),
    tie('step').map((compensate) => ({ type: 'set', values: {}, compensate })),
  )
  const leaf = fc.constant({ type: 'set', values: {} })
  return {
    steps: fc.array(tie('step'), { maxLength: 2 }),
    step: fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, block),
  }
})

/** Gives every step an id; what undoes a step is not undone itself. */
function numbered(steps: readonly object[]): WorkflowDefinition {
  // Through text, since drafts may hold one object in several places.
  const document = JSON.parse(
    JSON.stringify({ schema: 'inlay/workflow@1', name: 'T', trigger: { type: 'manual' }, steps }),
  )
  let count = 0
  for (const { step, pointer } of allSteps(document.steps)) {
    Object.assign(step, { id: `s${count++}` })
    if (pointer.endsWith('/compensate')) delete (step as { compensate?: unknown }).compensate
  }
  return document
}

/** Definitions of every construct that holds steps, with the ids `s0`, `s1` and so on; they compute nothing. */
export const anyDefinition: fc.Arbitrary<WorkflowDefinition> = drafts.map(numbered)
