import { describe, expect, it } from 'vitest'
import { dependsOnData, fieldPath, missingFirst, withoutStale } from './dependencies.js'

const FIELDS = {
  options: { sheet: { dependsOn: ['file'] }, 'target.column': { dependsOn: ['sheet'] } },
  schemas: { row: { dependsOn: ['file', 'sheet'] } },
}

describe('fields that depend on others', () => {
  it('are emptied, one after the other, when what they were chosen for changes', () => {
    const before = { file: 'a', sheet: 1, target: { column: 'B', mode: 'add' }, row: { name: 'x' }, note: 'keep' }
    expect(withoutStale(before, { ...before, file: 'b' }, FIELDS)).toEqual({
      file: 'b',
      target: { mode: 'add' },
      note: 'keep',
    })
    expect(withoutStale(before, { ...before, note: 'new' }, FIELDS)).toEqual({ ...before, note: 'new' })
  })

  it('keep data of earlier steps, and what was set together with the change', () => {
    const before = { file: 'a', sheet: '{{ steps.find.output.sheet }}' }
    expect(withoutStale(before, { ...before, file: 'b' }, FIELDS)).toEqual({ ...before, file: 'b' })
    expect(withoutStale({ file: 'a', sheet: 1 }, { file: 'b', sheet: 2 }, FIELDS)).toEqual({ file: 'b', sheet: 2 })
  })

  it('wait for what they depend on, and ask nobody about what is known at run time only', () => {
    expect(missingFirst(['file', 'target.column'], { file: '', target: { column: 'B' } })).toEqual(['file'])
    expect(dependsOnData(['file'], { file: '{{ trigger.file }}' })).toBe(true)
    expect(dependsOnData(['file'], { file: 'a' })).toBe(false)
  })

  it('are named by their path, positions in lists left out', () => {
    expect(fieldPath('/input/lines/0/article', '/input')).toBe('lines.article')
    expect(fieldPath('/input/a~1b', '/input')).toBe('a/b')
  })
})
