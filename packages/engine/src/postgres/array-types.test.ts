import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseTexts, writeArray } from './array-types.js'

it('lists of texts come back as they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (items) => {
      expect(parseTexts(writeArray(items))).toEqual(items)
    }),
  )
})

it('items without quotes are read, too', () => {
  expect(parseTexts('{a,b c,"d,e"}')).toEqual(['a', 'b c', 'd,e'])
  expect(parseTexts('{}')).toEqual([])
})
