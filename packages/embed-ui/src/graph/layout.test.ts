import { type Step, WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idsWithin, walkSteps } from '../document/sequences.js'
import { type LaidOutNode, layOut } from './layout.js'

let counter = 0
const nextId = (): string => `s${counter++}`

const sequence = fc.letrec<{ steps: readonly Step[]; step: Step }>((tie) => ({
  steps: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('step'), { maxLength: 4 })),
  step: fc.oneof(
    { maxDepth: 4 },
    fc.constant(0).map((): Step => ({ id: nextId(), type: 'set', values: {} })),
    tie('steps').map((fallback): Step => ({ id: nextId(), type: 'set', values: {}, onError: { fallback } })),
    fc.array(tie('steps'), { minLength: 1, maxLength: 3 }).map(
      (cases): Step => ({
        id: nextId(),
        type: 'branch',
        cases: cases.map((steps) => ({ if: 'true', steps })),
        else: [],
      }),
    ),
    fc
      .tuple(tie('steps'), tie('steps'))
      .map(([a, b]): Step => ({ id: nextId(), type: 'parallel', branches: { a, b } })),
    tie('steps').map((steps): Step => ({ id: nextId(), type: 'forEach', items: [], steps })),
    fc
      .tuple(tie('steps'), tie('steps'), tie('steps'))
      .map(([steps, caught, ended]): Step => ({ id: nextId(), type: 'try', steps, catch: caught, finally: ended })),
    fc.tuple(tie('steps'), tie('step')).map(
      ([steps, compensate]): Step => ({
        id: nextId(),
        type: 'wait',
        approval: { title: 'May it?' },
        steps,
        onError: { fallback: steps.length === 0 ? [] : [{ id: nextId(), type: 'set', values: {} }] },
        compensate,
      }),
    ),
  ),
})).steps

const workflow = (steps: readonly Step[]): WorkflowDefinition => ({
  schema: WORKFLOW_SCHEMA,
  name: 'Test',
  trigger: { type: 'manual' },
  steps,
})

const overlaps = (a: LaidOutNode, b: LaidOutNode): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const holds = (outer: LaidOutNode, inner: LaidOutNode): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

/** Pairs that overlap although neither is a frame around the other. */
function collisions(nodes: readonly LaidOutNode[]): readonly (readonly [string, string])[] {
  const isFramed = (a: LaidOutNode, b: LaidOutNode): boolean => a.kind === 'frame' && holds(a, b)
  return nodes.flatMap((a, index) =>
    nodes
      .slice(index + 1)
      .filter((b) => overlaps(a, b) && !isFramed(a, b) && !isFramed(b, a))
      .map((b) => [a.id, b.id] as const),
  )
}

const startOf = ({ kind, x, y, width, height }: LaidOutNode) => ({
  x: x + width / 2,
  y: y + (kind === 'add' ? height / 2 : height),
})

const endOf = ({ kind, x, y, width, height }: LaidOutNode) => ({
  x: x + width / 2,
  y: y + (kind === 'add' ? height / 2 : 0),
})

describe('layOut', () => {
  it('never lets two nodes overlap, and frames hold what they frame', () => {
    fc.assert(
      fc.property(sequence, fc.nat(4), (steps, share) => {
        const definition = workflow(steps)
        const ids = [...walkSteps(definition)].map(({ step }) => step.id)
        const { nodes, width, height } = layOut(definition, new Set(ids.filter((_, at) => at % 5 < share)))
        const outside = nodes.filter(
          (node) => node.x < 0 || node.x + node.width > width || node.y + node.height > height,
        )
        expect(outside).toEqual([])
        expect(collisions(nodes)).toEqual([])
      }),
    )
  })

  it('gives every step a card and every gap one plus, with edges that meet their nodes', () => {
    fc.assert(
      fc.property(sequence, (steps) => {
        const definition = workflow(steps)
        const { nodes, edges } = layOut(definition)
        const byId = new Map(nodes.map((node) => [node.id, node]))
        expect(byId.size).toBe(nodes.length)
        expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length)
        for (const { step } of walkSteps(definition)) expect(byId.get(step.id)?.kind).toBe('step')
        for (const edge of edges) {
          const [from, to] = [byId.get(edge.source), byId.get(edge.target)]
          if (from === undefined || to === undefined) throw new Error(`${edge.id} ends where nothing is drawn`)
          expect([edge.points[0], edge.points.at(-1)]).toEqual([startOf(from), endOf(to)])
          expect(to.y).toBeGreaterThan(from.y)
        }
      }),
    )
  })

  it('draws a collapsed block as one card that says how many steps are inside', () => {
    fc.assert(
      fc.property(sequence, (steps) => {
        const definition = workflow(steps)
        const inside = new Set(steps.flatMap((step) => idsWithin(step).slice(1)))
        const { nodes } = layOut(definition, new Set(steps.map(({ id }) => id)))
        expect(nodes.filter(({ id }) => inside.has(id))).toEqual([])
        const counts = nodes.flatMap((node) => (node.kind === 'step' ? [node.folded ?? 0] : []))
        expect(counts).toEqual(steps.map((step) => idsWithin(step).length - 1))
      }),
    )
  })

  it('lays out 2000 steps in one pass', () => {
    const steps = Array.from({ length: 2000 }, (_, index): Step => ({ id: `n${index}`, type: 'set', values: {} }))
    expect(layOut(workflow(steps)).nodes).toHaveLength(2 * 2000 + 3)
  })
})
