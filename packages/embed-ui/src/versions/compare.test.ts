import { type JsonObject, type Step, WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { updateStep } from '../document/edit.js'
import { insertStep, moveStep, removeStep } from '../document/move-steps.js'
import { ROOT_SEQUENCE } from '../document/sequences.js'
import { compareDefinitions } from './compare.js'
import { withRemoved } from './with-removed.js'

const set = (id: string, value = 'x'): Step => ({ id, type: 'set', values: { value } })
const branch = (id: string, ...steps: Step[]): Step => ({ id, type: 'branch', cases: [{ if: '{{ true }}', steps }] })

function workflow(...steps: Step[]): WorkflowDefinition {
  return { schema: WORKFLOW_SCHEMA, name: 'Orders', trigger: { type: 'manual' }, steps }
}

/** Each change as its kind and step. */
function kinds(before: WorkflowDefinition, after: WorkflowDefinition): string[] {
  return compareDefinitions(before, after).steps.map(({ kind, step }) => `${kind} ${step.id}`)
}

describe('comparing two definitions', () => {
  it('finds nothing where nothing was done', () => {
    const before = workflow(set('a'), branch('b', set('c')))
    expect(compareDefinitions(before, structuredClone(before)).isSame).toBe(true)
  })

  it('tells what came and what went, each where it stands', () => {
    const before = workflow(set('a'), set('b'), set('c'))
    expect(kinds(before, workflow(set('a'), set('new'), set('c')))).toEqual(['removed b', 'added new'])
    expect(kinds(before, workflow())).toEqual(['removed a', 'removed b', 'removed c'])
  })

  it('names the fields that changed, with both values', () => {
    const { steps } = compareDefinitions(workflow(set('a', 'old')), workflow(set('a', 'new')))
    expect(steps).toMatchObject([{ kind: 'changed', fields: [{ path: '/values/value', before: 'old', after: 'new' }] }])
  })

  it('takes another file for one change, by whatever it differs', () => {
    const send = (file: JsonObject): Step => ({ id: 'a', type: 'action', connector: 'x', action: 'y', input: { file } })
    const [old, next] = ['1', '2'].map((id) => ({
      $file: `file_${id}`,
      name: `${id}.pdf`,
      contentType: 'a/b',
      size: 1,
    }))
    if (old === undefined || next === undefined) throw new Error('There are two.')
    const { steps } = compareDefinitions(workflow(send(old)), workflow(send(next)))
    expect(steps).toMatchObject([{ fields: [{ path: '/input/file', before: old, after: next }] }])
    expect(steps[0]).toMatchObject({ fields: { length: 1 } })
  })

  it('blames the step that was moved, not those it was moved past', () => {
    const before = workflow(set('a'), set('b'), set('c'), set('d'))
    expect(kinds(before, workflow(set('d'), set('a'), set('b'), set('c')))).toEqual(['moved d'])
    expect(kinds(before, workflow(branch('x', set('b')), set('a'), set('c'), set('d')))).toEqual(['added x', 'moved b'])
  })

  it('does not call a block changed for what is inside it', () => {
    expect(kinds(workflow(branch('b', set('c'))), workflow(branch('b', set('c', 'new'))))).toEqual(['changed c'])
  })

  it('tells of the trigger and the name', () => {
    const before = workflow()
    const after: WorkflowDefinition = { ...before, name: 'Bills', trigger: { type: 'webhook' } }
    expect(compareDefinitions(before, after)).toMatchObject({
      workflow: [{ path: '/name', before: 'Orders', after: 'Bills' }],
      trigger: [{ path: '/type', before: 'manual', after: 'webhook' }],
    })
  })

  it('takes no notice of the version that publishing has pinned', () => {
    const action: Step = { id: 'a', type: 'action', connector: 'http', action: 'request', input: {} }
    expect(compareDefinitions(workflow({ ...action, version: '1.0.0' }), workflow(action)).isSame).toBe(true)
    expect(kinds(workflow({ ...action, version: '1.0.0' }), workflow({ ...action, version: '2.0.0' }))).toEqual([
      'changed a',
    ])
  })

  it('names exactly the steps that single edits touched', () => {
    const base = workflow(set('a'), set('b'), branch('c', set('d'), set('e')), set('f'))
    const ids = fc.constantFrom('a', 'b', 'd', 'e', 'f')
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 4 }), (id, index) => {
        expect(kinds(base, removeStep(base, id))).toEqual([`removed ${id}`])
        expect(
          kinds(
            base,
            updateStep(base, id, (step) => ({ ...step, name: 'Other' })),
          ),
        ).toEqual([`changed ${id}`])
        expect(kinds(base, insertStep(base, { ...ROOT_SEQUENCE, index }, set('new')))).toEqual(['added new'])
        const moved = moveStep(base, id, { ...ROOT_SEQUENCE, index })
        expect(kinds(base, moved).length).toBe(moved === base ? 0 : 1)
      }),
    )
  })
})

describe('two versions drawn as one', () => {
  it('hold what is gone where it stood, and nothing twice', () => {
    const before = workflow(set('a'), branch('b', set('c'), set('d')), set('e'))
    const after = workflow(set('d'), set('a'), set('e'), set('f'))
    const ids = (steps: readonly Step[]): string[] => steps.map(({ id }) => id)
    const merged = withRemoved(before, after)
    expect(ids(merged.steps)).toEqual(['d', 'a', 'b', 'e', 'f'])
    expect(merged.steps[2]).toMatchObject({ cases: [{ steps: [{ id: 'c' }] }] })
    expect(withRemoved(before, before)).toBe(before)
  })
})
