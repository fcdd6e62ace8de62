import { type Step, WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noteStep, renameStep } from '../document/edit.js'
import { duplicateSteps, insertSteps, moveSteps, removeSteps } from '../document/move-steps.js'
import { type Place, ROOT_SEQUENCE, walkSteps } from '../document/sequences.js'
import { type Builder, createBuilder } from './builder-store.js'

const START: WorkflowDefinition = {
  schema: WORKFLOW_SCHEMA,
  name: 'Test',
  trigger: { type: 'manual' },
  steps: [
    { id: 'first', type: 'set', values: {} },
    { id: 'loop', type: 'forEach', items: [1], steps: [{ id: 'inner', type: 'set', values: {} }] },
  ],
}

function open(): Builder {
  const saveDraft = { mutate: async () => ({ revision: 2, issues: [], updatedAt: '' }) }
  return createBuilder({
    // Nothing else of the client is used by a builder that only edits.
    client: { workflows: { saveDraft } } as never,
    workflowId: 'wf_1',
    definition: START,
    revision: 1,
    issues: [],
    isLive: false,
  })
}

type Edit = readonly [kind: number, a: number, b: number, pauseMs: number]

/** Does one thing to the document, as a person would. */
function edit(builder: Builder, [kind, a, b, pauseMs]: Edit): void {
  vi.advanceTimersByTime(pauseMs)
  const definition = builder.store.getState().history.present
  const ids = [...walkSteps(definition)].map(({ step }) => step.id)
  const [one = 'none', other = 'none'] = [ids[a % Math.max(ids.length, 1)], ids[b % Math.max(ids.length, 1)]]
  const place: Place = { ...ROOT_SEQUENCE, index: b % (definition.steps.length + 1) }
  const fresh: Step = { id: 'fresh', type: 'wait', for: '5m' }
  const edits: readonly ((old: WorkflowDefinition) => WorkflowDefinition)[] = [
    (old) => insertSteps(old, place, [fresh]).definition,
    (old) => removeSteps(old, [one]),
    (old) => moveSteps(old, [one, other], place),
    (old) => duplicateSteps(old, [one, other]).definition,
    (old) => renameStep(old, one, `Name ${b}`),
    (old) => noteStep(old, one, `Note ${b}`),
  ]
  const change = edits[kind % edits.length]
  // Typing: quick changes of one field are one action.
  if (change !== undefined) builder.edit(change, kind % edits.length >= 4 ? { mergeKey: `${kind} ${one}` } : {})
}

const edits = fc.array(fc.tuple(fc.nat(5), fc.nat(), fc.nat(), fc.nat(900)), { maxLength: 150 })

describe('undo and redo of an open workflow', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('lead back to the very start and forth to the very end, whatever was done', () => {
    fc.assert(
      fc.property(edits, (list) => {
        const builder = open()
        for (const each of list) edit(builder, each)
        const { history } = builder.store.getState()
        expect(history.past.length).toBeLessThanOrEqual(list.length)
        for (const _entry of history.past) builder.undo()
        expect(builder.store.getState().history.present).toBe(START)
        for (const _entry of history.past) builder.redo()
        expect(builder.store.getState().history.present).toBe(history.present)
        builder.dispose()
      }),
      { numRuns: 60 },
    )
  })
})
