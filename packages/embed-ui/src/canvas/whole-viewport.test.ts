import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wholeViewport } from './whole-viewport.js'

const size = (max: number) => fc.record({ width: fc.integer({ min: 60, max }), height: fc.integer({ min: 60, max }) })

describe('a canvas that shows everything', () => {
  it('has it within the room, centred, and never larger than it is', () => {
    fc.assert(
      fc.property(
        size(2_000),
        fc.record({ width: fc.integer({ min: 300, max: 1_400 }), height: fc.integer({ min: 300, max: 900 }) }),
        (flow, room) => {
          const { x, y, zoom } = wholeViewport({ x: 0, y: 0, ...flow }, room)
          expect(zoom).toBeLessThanOrEqual(1)
          if (zoom === 0.1) return
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x + flow.width * zoom).toBeLessThanOrEqual(room.width + 0.001)
          expect(y + flow.height * zoom).toBeLessThanOrEqual(room.height + 0.001)
          expect(Math.abs(x - (room.width - x - flow.width * zoom))).toBeLessThan(0.001)
        },
      ),
    )
  })
})
