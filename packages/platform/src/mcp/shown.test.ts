import { describe, expect, it } from 'vitest'
import { shownName, shownValue } from './shown.js'

describe('what a model is shown', () => {
  it('has no characters that people do not see, and no endless names', () => {
    // A direction mark, a tag character, a zero-width space and a line end.
    expect(shownName('Big\u202E or\u{E0041}ders\u200B\n')).toBe('Big orders')
    expect(shownName('x'.repeat(5000))).toHaveLength(200)
    expect(shownName('注文をSlackへ ✅')).toBe('注文をSlackへ ✅')
  })

  it('has the size of a value that would crowd out the rest', () => {
    expect(shownValue('output', { n: 1 })).toEqual({ output: { n: 1 } })
    const { output, outputNote } = shownValue('output', 'x'.repeat(100_000))
    expect(output).toBeNull()
    expect(outputNote).toContain('100002 characters')
  })
})
