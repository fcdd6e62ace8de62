import type { Point } from './layout.js'

const CORNER = 10

/** The SVG path of an edge, with rounded corners. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let path = `M${first.x} ${first.y}`
  for (const [index, point] of rest.entries()) {
    const before = points[index] ?? point
    const after = rest[index + 1]
    if (after === undefined) path += `L${point.x} ${point.y}`
    else {
      const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2)
      const [start, end] = [towards(point, before, radius), towards(point, after, radius)]
      path += `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`
    }
  }
  return path
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  if (whole === 0) return from
  return { x: from.x + ((to.x - from.x) / whole) * length, y: from.y + ((to.y - from.y) / whole) * length }
}
