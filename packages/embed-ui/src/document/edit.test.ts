import { compileWorkflow, type Step, WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeStepId, newStepId, noteStep, renameStep, sequenceAt, updateStep } from './edit.js'
import { type History, record, redo, startHistory, undo } from './history.js'
import {
  duplicateStep,
  duplicateSteps,
  insertStep,
  insertSteps,
  moveStep,
  moveSteps,
  neighbourPlace,
  outermost,
  removeSteps,
} from './move-steps.js'
import { idWords, LOGIC_GROUPS, makeStep, type NewStep } from './new-step.js'
import { readDefinition } from './read-definition.js'
import { findStep, type Place, ROOT_SEQUENCE, slotsOf, UNDO_SLOT, walkSteps } from './sequences.js'

const EMPTY: WorkflowDefinition = {
  schema: WORKFLOW_SCHEMA,
  name: 'Test',
  trigger: { type: 'webhook' },
  steps: [],
}

/** Places in a definition, in reading order. */
function placesOf(definition: WorkflowDefinition): readonly Place[] {
  const root = Array.from({ length: definition.steps.length + 1 }, (_, index) => ({ ...ROOT_SEQUENCE, index }))
  const nested = [...walkSteps(definition)].flatMap(({ step }) => [
    ...slotsOf(step).flatMap(({ slot, steps }) =>
      Array.from({ length: steps.length + 1 }, (_, index) => ({ stepId: step.id, slot, index })),
    ),
    { stepId: step.id, slot: UNDO_SLOT, index: 0 },
  ])
  return [...root, ...nested]
}

type Command = readonly [
  kind: 'insert' | 'remove' | 'move' | 'duplicate' | 'rename' | 'note' | 'id' | 'paste',
  a: number,
  b: number,
]

const commands = fc.array(
  fc.tuple(
    fc.constantFrom('insert', 'insert', 'insert', 'remove', 'move', 'duplicate', 'rename', 'note', 'id', 'paste'),
    fc.nat(),
    fc.nat(),
  ) as fc.Arbitrary<Command>,
  { maxLength: 40 },
)

function pick<T>(list: readonly T[], number: number): T | undefined {
  return list[number % Math.max(list.length, 1)]
}

function apply(definition: WorkflowDefinition, [kind, a, b]: Command): WorkflowDefinition {
  const place = pick(placesOf(definition), b) ?? { ...ROOT_SEQUENCE, index: 0 }
  const id = pick([...walkSteps(definition)], a)?.step.id ?? 'none'
  // Now and then several at once, near each other or far apart.
  const ids = [id, ...[...walkSteps(definition)].filter((_, at) => (a + b + at) % 5 === 0).map(({ step }) => step.id)]
  switch (kind) {
    case 'insert': {
      const wanted: NewStep = { type: 'logic', kind: pick(Object.values(LOGIC_GROUPS).flat(), a) ?? 'set' }
      return insertStep(definition, place, makeStep(wanted, newStepId(definition, idWords(wanted))))
    }
    case 'remove':
      return removeSteps(definition, b % 3 === 0 ? ids : [id])
    case 'move':
      return moveSteps(definition, b % 2 === 0 ? ids : [id], place)
    case 'duplicate':
      return duplicateSteps(definition, b % 4 === 0 ? ids : [id]).definition
    case 'rename':
      return renameStep(definition, id, `Name ${b}`)
    case 'note':
      return noteStep(definition, id, `Note ${b % 3}`)
    case 'paste':
      return insertSteps(
        definition,
        place,
        outermost(definition, ids).map(({ step }) => step),
      ).definition
    case 'id':
      return changeStepId(definition, id, `renamed_${b % 50}`)
  }
}

describe('editing a definition', () => {
  it('keeps every document readable, with unique ids, whatever is done to it', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const definition = list.reduce(apply, EMPTY)
        expect(readDefinition(definition)).toEqual({ isReadable: true, definition })
        const structural = compileIssues(definition).filter(({ pointer }) => !isToBeFilledIn(pointer))
        expect(structural).toEqual([])
      }),
    )
  })

  it('loses no step and makes none when it moves', () => {
    fc.assert(
      fc.property(commands, fc.nat(), fc.nat(), (list, a, b) => {
        const before = list.reduce(apply, EMPTY)
        const after = apply(before, ['move', a, b])
        const ids = (definition: WorkflowDefinition) => [...walkSteps(definition)].map(({ step }) => step.id).toSorted()
        expect(ids(after)).toEqual(ids(before))
      }),
    )
  })

  it('gives back the very same documents by undo and redo', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const seen: WorkflowDefinition[] = [EMPTY]
        let history: History<WorkflowDefinition> = startHistory(EMPTY)
        for (const [index, command] of list.entries()) {
          const next = apply(history.present, command)
          if (next !== history.present) seen.push(next)
          history = record(history, next, { atMs: index * 1000 })
        }
        for (const expected of seen.toReversed().slice(1)) {
          history = undo(history)
          expect(history.present).toBe(expected)
        }
        for (const expected of seen.slice(1)) {
          history = redo(history)
          expect(history.present).toBe(expected)
        }
        expect(redo(history)).toBe(history)
      }),
    )
  })

  it('shares what it does not touch', () => {
    const definition = insertAll(['first', 'second'])
    const next = updateStep(definition, 'second', (step) => ({ ...step, name: 'New' }))
    expect(next.steps[0]).toBe(definition.steps[0])
    expect(updateStep(definition, 'nobody', (step) => step)).toBe(definition)
    expect(updateStep(definition, 'first', (step) => step)).toBe(definition)
  })

  it('follows an id that changes into expressions, and leaves other words alone', () => {
    const definition: WorkflowDefinition = {
      ...EMPTY,
      steps: [
        { id: 'order', type: 'set', values: { total: 1 } },
        {
          id: 'tell',
          type: 'set',
          if: 'steps.order.output.total > 5',
          values: { text: "{{ steps.order.output.total }} steps.orders {{ my.steps.order }} {{ steps['order'] }}" },
        },
      ],
    }
    const tell = findStep(changeStepId(definition, 'order', 'purchase'), 'tell')?.step
    expect(tell).toMatchObject({
      if: 'steps.purchase.output.total > 5',
      values: { text: "{{ steps.purchase.output.total }} steps.orders {{ my.steps.order }} {{ steps['purchase'] }}" },
    })
  })

  it('points the references inside a copied block to the copies', () => {
    const inner: Step = { id: 'inner', type: 'set', values: { a: 1 } }
    const user: Step = { id: 'user', type: 'set', values: { b: '{{ steps.inner.output.a + steps.before.output.x }}' } }
    const definition: WorkflowDefinition = {
      ...EMPTY,
      steps: [
        { id: 'before', type: 'set', values: { x: 1 } },
        { id: 'loop', type: 'forEach', items: '{{ [1] }}', steps: [inner, user] },
      ],
    }
    const copy = duplicateStep(definition, 'loop')
    expect(copy.id).toBe('loop_2')
    expect(findStep(copy.definition, 'user_2')?.step).toMatchObject({
      values: { b: '{{ steps.inner_2.output.a + steps.before.output.x }}' },
    })
    expect(compileIssues(copy.definition)).toEqual([])
  })

  it('moves several steps together, in their order, and takes what lies inside along once', () => {
    const inner: Step = { id: 'inner', type: 'set', values: {} }
    const loop: Step = { id: 'loop', type: 'forEach', items: [1], steps: [inner] }
    const definition = insertStep(insertAll(['a', 'b', 'c']), { ...ROOT_SEQUENCE, index: 1 }, loop)
    const moved = moveSteps(definition, ['c', 'inner', 'a', 'loop'], { ...ROOT_SEQUENCE, index: 3 })
    expect(moved.steps.map(({ id }) => id)).toEqual(['b', 'a', 'loop', 'c'])
    const into = { stepId: 'loop', slot: 'steps', index: 0 }
    expect(sequenceAt(moveSteps(definition, ['c', 'a'], into), into).map(({ id }) => id)).toEqual(['a', 'c', 'inner'])
    expect(moveSteps(definition, ['b', 'loop'], into)).toBe(definition)
    expect(moveSteps(definition, ['loop', 'a'], { ...ROOT_SEQUENCE, index: 1 })).toBe(definition)
  })

  it('copies several steps with references among the copies', () => {
    const reader: Step = { id: 'reader', type: 'set', values: { x: '{{ steps.a.output.x + steps.b.output.x }}' } }
    const definition = insertStep(insertAll(['a', 'b']), { ...ROOT_SEQUENCE, index: 2 }, reader)
    const copied = duplicateSteps(definition, ['reader', 'b'])
    expect(copied.definition.steps.map(({ id }) => id)).toEqual(['a', 'b', 'reader', 'b_2', 'reader_2'])
    expect(findStep(copied.definition, 'reader_2')?.step).toMatchObject({
      values: { x: '{{ steps.a.output.x + steps.b_2.output.x }}' },
    })
  })

  it('knows the places above and below a step', () => {
    const definition = insertAll(['a', 'b', 'c'])
    const down = neighbourPlace(definition, 'a', 1)
    expect(down).toMatchObject({ index: 2 })
    const moved = down === undefined ? definition : moveStep(definition, 'a', down)
    expect(sequenceAt(moved, ROOT_SEQUENCE).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
    expect(neighbourPlace(definition, 'a', -1)).toBeUndefined()
    expect(neighbourPlace(definition, 'c', 1)).toBeUndefined()
  })

  it('takes typing in one field as one action, and keeps at least 100 levels', () => {
    let history = startHistory('')
    for (const [index, text] of ['h', 'he', 'hel'].entries()) {
      history = record(history, text, { mergeKey: 'name', atMs: index * 400 })
    }
    expect(history.past).toHaveLength(1)
    history = record(history, 'hell', { mergeKey: 'name', atMs: 2_000 })
    expect(undo(history).present).toBe('hel')
    for (let level = 0; level < 500; level++) history = record(history, String(level), { atMs: 3_000 + level })
    expect(history.past.length).toBeGreaterThanOrEqual(100)
  })
})

/** What a new step leaves to the person, and an undo step of an undo step, which the form does not offer. */
function isToBeFilledIn(pointer: string): boolean {
  return /\/(if|items|condition|event|name|title|workflow|compensate\/compensate)$/.test(pointer)
}

function insertAll(ids: readonly string[]): WorkflowDefinition {
  return ids.reduce(
    (definition, id, index) => insertStep(definition, { ...ROOT_SEQUENCE, index }, { id, type: 'set', values: {} }),
    EMPTY,
  )
}

function compileIssues(definition: WorkflowDefinition) {
  const result = compileWorkflow(definition)
  return result.ok ? [] : result.issues
}
