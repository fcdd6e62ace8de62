import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { dataGroups } from '../data-tree.js'
import { completeFrom } from './completion.js'

const GROUPS = dataGroups({
  trigger: { type: 'webhook' },
  sight: { steps: [{ id: 'order', type: 'set', values: { total: '{{ 1 }}' } }], loops: [] },
  samples: {
    trigger: { body: { name: 'Kim' } },
    steps: { order: { total: 749.5, lines: [{ sku: 'a' }] } },
    pinned: [],
  },
  connectors: [],
})

function complete(text: string, hasFunctions = true) {
  const data = { groups: GROUPS, stepNames: () => 'Read the order', rootNames: () => 'Trigger' }
  const state = EditorState.create({ doc: text })
  const found = completeFrom(() => data, hasFunctions)(new CompletionContext(state, text.length, false))
  return (found?.options ?? []).map(({ label, displayLabel, detail }) => ({ label, displayLabel, detail }))
}

describe('completion', () => {
  it('offers places of earlier steps by what people call them, with what was there last', () => {
    expect(complete('1 + to')).toContainEqual({
      ...{ label: 'steps.order.output.total', displayLabel: 'Read the order › total', detail: '749.5' },
    })
  })

  it('offers the fields of a place, also of an item of a list and behind ?.', () => {
    expect(complete('steps.order.output.').map(({ label }) => label)).toEqual(['total', 'lines'])
    expect(complete('steps.order.output.lines[0].').map(({ label }) => label)).toEqual(['sku'])
    expect(complete('trigger?.body?.').map(({ label }) => label)).toEqual(['name'])
    expect(complete('steps.').map(({ label }) => label)).toEqual(['order'])
    expect(complete('steps.gone.')).toEqual([])
  })

  it('offers functions with how they are written, where the language has them', () => {
    expect(complete('rou')).toContainEqual({ label: 'round', displayLabel: undefined, detail: '(value, digits?)' })
    expect(complete('rou', false).some(({ label }) => label === 'round')).toBe(false)
  })
})
