import type { JsonObject, WorkflowDefinition } from '@inlay/engine'
import { outputReads } from '../workflows/index.js'

const MAX_PATHS = 200
const MAX_DEPTH = 8

interface Node {
  readonly children: Map<string, Node>
}

/**
 * What a workflow reads of its input, as JSON Schema: the body of a webhook, or all that a manual start is given. No
 * workflow says of what type its input is, so that only names are known.
 */
export function inputSchemaOf(definition: WorkflowDefinition): JsonObject {
  const isWebhook = definition.trigger.type === 'webhook'
  const root = newNode()
  for (const path of outputReads(definition).trigger.slice(0, MAX_PATHS)) {
    if (!isWebhook) grow(root, path)
    else if (path[0] === 'body') grow(root, path.slice(1))
  }
  return { type: 'object', ...membersOf(root) }
}

function newNode(): Node {
  return { children: new Map() }
}

function grow(root: Node, path: readonly string[]): void {
  let node = root
  for (const name of path.slice(0, MAX_DEPTH)) {
    const child = node.children.get(name) ?? newNode()
    node.children.set(name, child)
    node = child
  }
}

function schemaOf(node: Node): JsonObject {
  const names = [...node.children.keys()]
  if (names.length === 0) return {}
  if (!names.every((name) => /^\d+$/.test(name))) return { type: 'object', ...membersOf(node) }
  const items = newNode()
  for (const each of node.children.values()) for (const [name, child] of each.children) items.children.set(name, child)
  return { type: 'array', items: schemaOf(items) }
}

function membersOf({ children }: Node): JsonObject {
  if (children.size === 0) return {}
  return { properties: Object.fromEntries([...children].map(([name, child]) => [name, schemaOf(child)])) }
}
