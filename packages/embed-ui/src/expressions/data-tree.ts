// What a step may use from before it, as a tree for the data picker.
import type { JsonValue, Step, StepOfType, Trigger } from '@inlay/engine'
import { findTrigger } from '../canvas/step-looks.js'
import type { ConnectorSummary, JsonSchema, Samples } from '../data/api-types.js'
import type { Loop, Sight } from '../document/sight.js'
import { asSchema } from '../forms/schema.js'
import { holdsText } from '../search/folded-text.js'
import { type DataPath, pathSource } from './template.js'

/** One place that can be picked. */
export interface DataNode {
  readonly path: DataPath
  /** The field's name. */
  readonly label: string
  readonly type: 'object' | 'list' | 'text' | 'number' | 'boolean' | 'null' | 'any'
  /** What it was last time, when known. */
  readonly sample: JsonValue | undefined
  readonly children: readonly DataNode[]
}

/** Everything that one step or the trigger offers. */
export interface DataGroup {
  readonly id: string
  /** The step, or undefined for the trigger and the loop's item. */
  readonly step: Step | undefined
  readonly kind: 'trigger' | 'step' | 'item' | 'run'
  /** Whether samples come from a real run. */
  readonly isReal: boolean
  readonly root: DataNode
}

export interface DataSources {
  readonly trigger: Trigger
  readonly sight: Sight
  readonly samples: Samples | undefined
  readonly connectors: readonly ConnectorSummary[]
  /** By step id (`trigger` for the trigger), what the service says that comes out. */
  readonly outputs?: ReadonlyMap<string, JsonSchema> | undefined
}

const MAX_DEPTH = 8
const MAX_CHILDREN = 200

/** Whether people look for a step's result: what merely steers the run is listed last. */
function givesData(step: Step): boolean {
  switch (step.type) {
    case 'action':
    case 'set':
    case 'forEach':
    case 'call':
    case 'code':
      return true
    case 'wait':
      return step.event !== undefined || step.approval !== undefined || step.callback !== undefined
    default:
      return false
  }
}

/** The groups that a step sees: nearest steps first, then the trigger, what steers the run, and the run itself. */
export function dataGroups(sources: DataSources): readonly DataGroup[] {
  const { trigger, sight, samples, connectors, outputs } = sources
  const nearestFirst = sight.steps.toReversed()
  const giving = nearestFirst.filter(givesData)
  const groups: DataGroup[] = giving.map((step) => stepGroup(step, sources))
  const loop = loopGroup(sight.loops, sources)
  if (loop !== undefined) groups.unshift(loop)
  const sample = samples?.trigger ?? undefined
  groups.push({
    id: 'trigger',
    step: undefined,
    kind: 'trigger',
    isReal: sample !== undefined,
    root:
      sample === undefined
        ? expectedTrigger(trigger, connectors, outputs)
        : nodeOf(['trigger'], 'trigger', sample, true),
  })
  for (const step of nearestFirst) if (!givesData(step)) groups.push(stepGroup(step, sources))
  groups.push({
    id: 'run',
    step: undefined,
    kind: 'run',
    isReal: false,
    root: nodeOf(['run'], 'run', { id: 'run_…' }, false),
  })
  return groups
}

function stepGroup(step: Step, sources: DataSources): DataGroup {
  const path: DataPath = ['steps', step.id, 'output']
  const real = sources.samples?.steps[step.id]
  if (real !== undefined && real !== null) {
    return { id: step.id, step, kind: 'step', isReal: true, root: nodeOf(path, step.id, real, true) }
  }
  const root = expectedOutput(step, path, sources)
  return { id: step.id, step, kind: 'step', isReal: false, root }
}

/** What a step gives, before it has ever run. */
function expectedOutput(step: Step, path: DataPath, { connectors, outputs }: DataSources): DataNode {
  const asked = outputs?.get(step.id)
  if (asked !== undefined) return schemaNode(path, step.id, asked, 0)
  if (step.type === 'action') {
    const action = connectors.find(({ id }) => id === step.connector)?.actions.find(({ id }) => id === step.action)
    if (action?.sampleOutput !== undefined && action.sampleOutput !== null) {
      return nodeOf(path, step.id, action.sampleOutput, true)
    }
    return schemaNode(path, step.id, action?.outputSchema ?? {}, 0)
  }
  return nodeOf(path, step.id, logicShape(step), false)
}

function logicShape(step: Step): JsonValue {
  switch (step.type) {
    case 'set':
      return step.values
    case 'branch':
      return { case: '' }
    case 'parallel':
      if (step.join === 'any') return { winner: '', output: null }
      return Object.fromEntries(Object.keys(step.branches).map((name) => [name, null]))
    case 'forEach':
      return []
    case 'while':
      return { rounds: 0, last: null }
    case 'wait':
      return waitShape(step)
    case 'call':
      return step.wait === false ? { runId: '' } : { runId: '', output: null }
    case 'publish':
      return { eventId: '' }
    case 'split':
      return { variant: '' }
    case 'try':
      return { error: null, result: null }
    case 'respond':
      return { status: 200, headers: {}, body: null }
    case 'action':
    case 'code':
    case 'stop':
      return null
  }
}

/** What an answered wait gives, and before that the links with which it is answered. */
function waitShape({ event, approval, callback }: StepOfType<'wait'>): JsonValue {
  if (event !== undefined) return { event: null, timedOut: false }
  if (callback !== undefined) return { body: null, timedOut: false, url: '' }
  if (approval === undefined) return { until: '' }
  return { approved: true, by: '', comment: '', timedOut: false, url: '', approveUrl: '', rejectUrl: '' }
}

/** What the loops around a step give: the item of the nearest one that has items, and the position in the nearest one. */
function loopGroup(loops: readonly Loop[], sources: DataSources): DataGroup | undefined {
  const nearest = loops.at(-1)
  if (nearest === undefined) return undefined
  const index: DataNode = { path: ['index'], label: 'index', type: 'number', sample: undefined, children: [] }
  const loop = loops.findLast((each) => each.type === 'forEach')
  if (loop === undefined) return { id: 'item', step: nearest, kind: 'item', isReal: false, root: index }
  const list = typeof loop.items === 'string' ? findList(loop.items, sources) : loop.items
  const sample = Array.isArray(list) ? list[0] : undefined
  const item = nodeOf(['item'], 'item', sample ?? null, sample !== undefined)
  // Of the loop's two roots the item is the one people look for; the position is listed under it.
  return {
    id: 'item',
    step: loop,
    kind: 'item',
    isReal: sample !== undefined,
    root: { ...item, children: [...item.children, index] },
  }
}

function findList(template: string, { samples }: DataSources): JsonValue | undefined {
  const source = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(template.trim())?.[1] ?? template.trim()
  const parts = source.split(/\??\./)
  let value: JsonValue | undefined =
    parts[0] === 'trigger' ? samples?.trigger : parts[0] === 'steps' ? samples?.steps[parts[1] ?? ''] : undefined
  for (const part of parts.slice(parts[0] === 'steps' ? 3 : 1)) {
    value = isRecord(value) ? value[part] : undefined
  }
  return value
}

/** What a trigger gives, before it has ever started a run. */
function expectedTrigger(
  trigger: Trigger,
  connectors: readonly ConnectorSummary[],
  outputs: DataSources['outputs'],
): DataNode {
  if (trigger.type !== 'connector') return nodeOf(['trigger'], 'trigger', triggerShape(trigger), false)
  const asked = outputs?.get('trigger')
  if (asked !== undefined) return schemaNode(['trigger'], 'trigger', asked, 0)
  const { summary } = findTrigger(trigger, connectors)
  const sample = summary?.sampleOutput ?? null
  return sample === null
    ? schemaNode(['trigger'], 'trigger', summary?.outputSchema ?? {}, 0)
    : nodeOf(['trigger'], 'trigger', sample, true)
}

function triggerShape(trigger: Exclude<Trigger, { type: 'connector' }>): JsonValue {
  switch (trigger.type) {
    case 'webhook':
      return { method: 'POST', headers: {}, query: {}, body: {} }
    case 'schedule':
      return { scheduledAt: '' }
    case 'event':
      return { id: '', name: trigger.name, payload: {} }
    case 'manual':
      return {}
  }
}

function nodeOf(path: DataPath, label: string, value: JsonValue, isSample: boolean): DataNode {
  return {
    path,
    label,
    type: typeOf(value),
    sample: isSample ? value : undefined,
    children: path.length > MAX_DEPTH ? [] : childrenOf(path, value, isSample),
  }
}

function childrenOf(path: DataPath, value: JsonValue, isSample: boolean): readonly DataNode[] {
  if (Array.isArray(value)) {
    // One item shows the shape; the others have the same.
    const [first] = value
    return first === undefined ? [] : [nodeOf([...path, 0], '#1', first, isSample)]
  }
  if (!isRecord(value)) return []
  return Object.entries(value)
    .slice(0, MAX_CHILDREN)
    .map(([key, child]) => nodeOf([...path, key], key, child, isSample))
}

function schemaNode(path: DataPath, label: string, schema: JsonSchema, depth: number): DataNode {
  const { type, properties, items } = schema
  const children =
    depth >= MAX_DEPTH
      ? []
      : isRecord(properties)
        ? Object.entries(properties).map(([key, child]) => schemaNode([...path, key], key, asSchema(child), depth + 1))
        : isRecord(items)
          ? [schemaNode([...path, 0], '#1', items, depth + 1)]
          : []
  return { path, label, type: schemaType(type), sample: undefined, children }
}

function schemaType(type: unknown): DataNode['type'] {
  switch (type) {
    case 'object':
    case 'boolean':
    case 'number':
      return type
    case 'integer':
      return 'number'
    case 'array':
      return 'list'
    case 'string':
      return 'text'
    default:
      return 'any'
  }
}

function typeOf(value: JsonValue): DataNode['type'] {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    default:
      return 'object'
  }
}

/** The groups with only the places whose name, path or sample holds the words. */
export function searchGroups(groups: readonly DataGroup[], search: string, nameOf: (group: DataGroup) => string) {
  const words = search.trim()
  if (words === '') return groups
  return groups.flatMap((group) => {
    if (holdsText(nameOf(group), words)) return [group]
    const root = searchNode(group.root, words)
    return root === undefined ? [] : [{ ...group, root }]
  })
}

function searchNode(node: DataNode, words: string): DataNode | undefined {
  const isHit = holdsText(pathSource(node.path), words) && holdsText(node.label, words.split('.').at(-1) ?? words)
  if (isHit) return node
  const children = node.children.map((child) => searchNode(child, words)).filter((child) => child !== undefined)
  if (children.length > 0) return { ...node, children }
  const isLeafHit = node.children.length === 0 && node.sample !== undefined && holdsText(String(node.sample), words)
  return isLeafHit ? node : undefined
}

function isRecord<T>(value: T): value is T & Readonly<Record<string, never>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
