import type { Step, WorkflowDefinition } from '@inlay/engine'
import { walkSteps } from './sequences.js'
import { isStepType } from './step-types.js'

const MAX_ID_LENGTH = 64

/** What a step id looks like. */
export const STEP_ID_PATTERN = /^[a-z][a-z0-9_]{0,63}$/

/** Ids that a definition uses. */
export function usedIds(definition: WorkflowDefinition): ReadonlySet<string> {
  return new Set([...walkSteps(definition)].map(({ step }) => step.id))
}

/** An id made from words, not among those taken: `post_message`, `post_message_2`. */
export function freshId(words: string, taken: ReadonlySet<string>): string {
  const base = toId(words)
  if (!taken.has(base)) return base
  const stem = base.replace(/_\d+$/, '')
  for (let number = 2; ; number++) {
    const id = `${stem.slice(0, MAX_ID_LENGTH - 8)}_${number}`
    if (!taken.has(id)) return id
  }
}

function toId(words: string): string {
  const id = words
    .normalize('NFKD')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, MAX_ID_LENGTH - 8)
  return id === '' ? 'step' : id
}

/** Copies of steps in which no id is taken, and references among them point to the copies. Free ids stay. */
export function withFreeIds(steps: readonly Step[], taken: ReadonlySet<string>): readonly Step[] {
  const renamed = new Map<string, string>()
  const used = new Set(taken)
  const collect = (value: unknown): void => {
    if (!isStepLike(value) || renamed.has(value.id)) return
    const isFree = STEP_ID_PATTERN.test(value.id) && !used.has(value.id)
    const id = isFree ? value.id : freshId(value.id, used)
    used.add(id)
    renamed.set(value.id, id)
  }
  visitSteps(steps, collect)
  // The copies have the shape of the originals: only ids and references inside strings differ.
  return renameIn(steps, renamed) as readonly Step[]
}

/** The definition with one step's id changed, and with it every `steps.<id>` in expressions. */
export function renameStepId(definition: WorkflowDefinition, from: string, to: string): WorkflowDefinition {
  // Renaming keeps the document's shape: only ids and references inside strings differ.
  return renameIn(definition, new Map([[from, to]])) as WorkflowDefinition
}

function visitSteps(value: unknown, visit: (value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return
  visit(value)
  for (const child of Object.values(value)) visitSteps(child, visit)
}

function isStepLike(value: unknown): value is { readonly id: string; readonly type: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'type' in value &&
    isStepType(value.type)
  )
}

function renameIn(value: unknown, renamed: ReadonlyMap<string, string>, isData = false): unknown {
  if (typeof value === 'string') return renameReferences(value, renamed)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return mapSame(value, (item) => renameIn(item, renamed, isData))
  const isStep = !isData && isStepLike(value)
  const entries = Object.entries(value)
  const changed = mapSame(entries, (entry) => {
    const [key, child] = entry
    if (isStep && OPAQUE_FIELDS.has(key)) return entry
    // Data of a step may hold objects that look like steps; only its own nested sequences are ours.
    const next =
      isStep && key === 'id'
        ? (renamed.get(String(child)) ?? child)
        : renameIn(child, renamed, isData || (isStep && DATA_FIELDS.has(key)))
    return next === child ? entry : ([key, next] as const)
  })
  return changed === entries ? value : Object.fromEntries(changed)
}

const DATA_FIELDS: ReadonlySet<string> = new Set([
  'input',
  'values',
  'items',
  'body',
  'headers',
  'output',
  'status',
  'payload',
  'until',
  'event',
  'approval',
])
/** Programs of other people: `steps` in them are theirs. */
const OPAQUE_FIELDS: ReadonlySet<string> = new Set(['source'])

function mapSame<T>(list: readonly T[], change: (item: T) => unknown): readonly T[] {
  const next = list.map(change)
  // `change` keeps the element's type; only its content may differ.
  return next.every((item, index) => item === list[index]) ? list : (next as T[])
}

/** Rewrites `steps.<id>` and `steps['<id>']` in a text; other words stay. */
function renameReferences(text: string, renamed: ReadonlyMap<string, string>): string {
  if (!text.includes('steps')) return text
  return text.replace(
    /(?<![\w$.])steps(\s*\??\.\s*([a-z][a-z0-9_]*)\b|\s*\[\s*(['"])([a-z][a-z0-9_]*)\3\s*\])/g,
    (whole, tail: string, dotted: string | undefined, _quote, quoted: string | undefined) => {
      const id = dotted ?? quoted ?? ''
      const next = renamed.get(id)
      return next === undefined ? whole : `steps${tail.replace(id, next)}`
    },
  )
}
