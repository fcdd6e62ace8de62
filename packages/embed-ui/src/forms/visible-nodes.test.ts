import { describe, expect, it } from 'vitest'
import type { DataGroup, DataNode } from '../expressions/data-tree.js'
import { bestLine, visibleNodes } from './visible-nodes.js'

function node(path: readonly string[], children: readonly DataNode[] = []): DataNode {
  const label = path.at(-1) ?? ''
  return { path: ['steps', 'tell', ...path], label, type: 'any', sample: undefined, children }
}

const group: DataGroup = {
  ...{ id: 'tell', step: undefined, kind: 'step', isReal: true },
  root: node([], [node(['attempts']), node(['output'], [node(['output', 'ts'])])]),
}
const lines = visibleNodes([group], new Set(), true)
const labelOf = (search: string) => lines[bestLine(lines, search)]?.node.label

describe('the line that Enter picks after a search', () => {
  it('is the one that is called so', () => {
    expect(labelOf('ts')).toBe('ts')
    expect(labelOf('output.ts')).toBe('ts')
  })

  it('is else the first whose name holds the words, and else the first', () => {
    expect(labelOf('tempt')).toBe('attempts')
    expect(bestLine(lines, 'a value')).toBe(0)
    expect(bestLine(lines, '')).toBe(0)
  })
})
