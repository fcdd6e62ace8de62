import { describe, expect, it } from 'vitest'
import { everySource } from '../forms/every-source.js'
import { dataGroups } from './data-tree.js'
import { previewOf } from './preview.js'
import { sampleScope } from './sample-scope.js'

const SCOPE = sampleScope(
  dataGroups({
    trigger: { type: 'webhook' },
    sight: {
      steps: [{ id: 'order', type: 'set', values: {} }],
      loops: [{ id: 'each', type: 'forEach', items: '{{ steps.order.output.lines }}', steps: [] }],
    },
    samples: {
      trigger: { body: { name: 'Kim' } },
      steps: {
        order: {
          lines: [
            { sku: 'a', amount: 2 },
            { sku: 'b', amount: 3 },
          ],
        },
      },
      pinned: [],
    },
    connectors: [],
  }),
)

describe('a preview', () => {
  it('is what a run would give with the data there is, the first item of a loop among it', () => {
    expect(previewOf('Hi {{ upper(trigger.body.name) }}', SCOPE)).toEqual({ kind: 'value', value: 'Hi KIM' })
    expect(previewOf('item.amount + index', SCOPE, true)).toEqual({ kind: 'value', value: 2 })
  })

  it('says at which character a text is wrong, and what it cannot work out', () => {
    expect(previewOf('1 + ', SCOPE, true)).toMatchObject({
      kind: 'wrong',
      position: expect.any(Number),
      issue: { code: 'expression.ends_early' },
    })
    expect(previewOf('trigger.body.name.first.second', SCOPE, true)).toMatchObject({ kind: 'failed' })
  })

  it('reads a field of every item of a list', () => {
    const source = everySource(['steps', 'order', 'output', 'lines', 0, 'sku'])
    expect(previewOf(source ?? '', SCOPE, true)).toEqual({ kind: 'value', value: ['a', 'b'] })
    expect(everySource(['steps', 'order', 'output', 'lines', 0])).toBeUndefined()
    expect(everySource(['trigger', 'body'])).toBeUndefined()
  })
})
