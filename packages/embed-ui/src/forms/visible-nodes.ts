import type { DataGroup, DataNode } from '../expressions/data-tree.js'
import { pathSource } from '../expressions/template.js'
import { holdsText } from '../search/folded-text.js'

/** A line of the data tree as it is shown. */
export interface VisibleNode {
  readonly key: string
  readonly node: DataNode
  readonly group: DataGroup
  /** 0 for a group itself. */
  readonly level: number
  readonly isOpen: boolean
}

/** The lines of the tree, given which ones are open; everything is open while searching. */
export function visibleNodes(
  groups: readonly DataGroup[],
  openKeys: ReadonlySet<string>,
  isSearching: boolean,
): readonly VisibleNode[] {
  const lines: VisibleNode[] = []
  const visit = (node: DataNode, group: DataGroup, level: number): void => {
    const key = `${group.id}:${pathSource(node.path)}`
    const isOpen = node.children.length > 0 && (isSearching || openKeys.has(key))
    lines.push({ key, node, group, level, isOpen })
    if (isOpen) for (const child of node.children) visit(child, group, level + 1)
  }
  for (const group of groups) visit(group.root, group, 0)
  return lines
}

/** The line that a search means: the first that is called so, else one whose name holds the words, else the first. */
export function bestLine(lines: readonly VisibleNode[], search: string): number {
  const name = search.trim().split('.').at(-1) ?? ''
  if (name === '') return 0
  const holding = lines.map(({ level, node }) => level > 0 && holdsText(node.label, name))
  const exact = lines.findIndex(({ node }, index) => holding[index] === true && node.label.length === name.length)
  return Math.max(exact === -1 ? holding.indexOf(true) : exact, 0)
}

/** The keys that are open at first: the nearest group with something in it, and the trigger with its body. */
export function initiallyOpen(groups: readonly DataGroup[]): ReadonlySet<string> {
  const keyOf = (group: DataGroup, node: DataNode) => `${group.id}:${pathSource(node.path)}`
  const [first] = groups.filter(({ root }) => root.children.length > 0)
  const trigger = groups.find(({ kind }) => kind === 'trigger')
  const body = trigger?.root.children.find(({ label }) => label === 'body')
  return new Set([
    ...(first === undefined ? [] : [keyOf(first, first.root)]),
    ...(trigger === undefined ? [] : [keyOf(trigger, trigger.root)]),
    ...(trigger === undefined || body === undefined ? [] : [keyOf(trigger, body)]),
  ])
}
