import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../contracts/json.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'
import { forkObstacles } from './fork-check.js'

const SAME = { changed: [], added: [], removed: [], hasOtherSettings: false }

function version(steps: readonly JsonObject[], vars?: JsonObject): WorkflowDefinition {
  // Enough of a definition to be compared.
  return { steps, ...(vars === undefined ? {} : { vars }) } as unknown as WorkflowDefinition
}

const set = (id: string, value = 1): JsonObject => ({ id, type: 'set', values: { value } })
const way = (condition: string, steps: readonly JsonObject[]): JsonObject => ({
  id: 'way',
  type: 'branch',
  cases: [{ if: condition, steps: [...steps] }],
})

const OLD = version([set('a'), way('{{ true }}', [set('b'), set('c'), set('d')]), set('e')])

describe('what keeps a fork from taking another version', () => {
  it('is nothing when only the step itself, what follows, or names have changed', () => {
    const named = { ...set('a'), name: 'First' }
    const next = version([named, way('{{ true }}', [set('b'), set('c', 2), set('new')]), set('e', 2), set('f')])
    expect(forkObstacles(OLD, next, 'c')).toEqual(SAME)
    expect(forkObstacles(OLD, OLD, 'a')).toEqual(SAME)
  })

  it('is what was changed, put in or taken out before it', () => {
    const next = version([set('a', 2), set('new'), way('{{ true }}', [set('c')]), set('e')])
    expect(forkObstacles(OLD, next, 'c')).toEqual({ ...SAME, changed: ['a'], added: ['new'], removed: ['b'] })
  })

  it('is a block around it that leads there by another condition', () => {
    const next = version([set('a'), way('{{ false }}', [set('b'), set('c'), set('d')]), set('e')])
    expect(forkObstacles(OLD, next, 'c')).toEqual({ ...SAME, changed: ['way'] })
    expect(forkObstacles(OLD, next, 'e').changed).toEqual(['way'])
    expect(forkObstacles(OLD, next, 'way')).toEqual(SAME)
  })

  it('is that the step is gone, or stands elsewhere', () => {
    const next = version([set('a'), way('{{ true }}', [set('b')]), set('c')])
    expect(forkObstacles(OLD, next, 'c').removed).toEqual(['c'])
  })

  it('is other settings', () => {
    expect(forkObstacles(version([set('a')], { least: 1 }), version([set('a')], { least: 2 }), 'a')).toEqual({
      ...SAME,
      hasOtherSettings: true,
    })
  })

  it('is asked for of a step that there is', () => {
    expect(() => forkObstacles(OLD, OLD, 'none')).toThrow('There is no step "none".')
  })
})
