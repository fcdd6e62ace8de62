import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Budget, EXPRESSION_LIMITS } from './limits.js'
import { findText, replaceAllText, splitText } from './text-search.js'

/** Texts of few letters, so that long needles occur and overlap. */
const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 400 })
const unit = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 8 })
const needle = fc.tuple(unit, fc.integer({ min: 1, max: 40 })).map(([part, count]) => part.repeat(count))

it('finds, splits and replaces as JavaScript does, with needles short and long', () => {
  fc.assert(
    fc.property(text, needle, text, (head, search, tail) => {
      const budget = new Budget(EXPRESSION_LIMITS)
      const whole = head + search + tail
      for (const source of [whole, head]) {
        expect(findText(source, search, { budget })).toBe(source.indexOf(search))
        expect(splitText(source, search, budget)).toEqual(source.split(search))
        expect(replaceAllText(source, search, { by: '$&', budget })).toBe(source.replaceAll(search, () => '$&'))
      }
    }),
    { numRuns: 500 },
  )
})
