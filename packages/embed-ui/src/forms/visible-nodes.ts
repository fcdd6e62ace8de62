import type { DataGroup, DataNode } from '../expressions/data-tree.js'
import { pathSource } from '../expressions/template.js'

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
