import { createHash } from 'node:crypto'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import type { StepWrite, WaitRegistration } from '../ports/journal.js'
import { jsonField, type TextRow, textField } from './columns.js'
import { NULL_VALUE } from './statements/fragments.sql.js'

/** What a write does to the waits of its run; the rows lack the position in the batch. */
export interface WaitChanges {
  readonly opened: readonly TextRow[]
  readonly closed: readonly TextRow[]
}

const NO_CHANGES: WaitChanges = { opened: [], closed: [] }

/** @param owner run id, tenant id and customer id of the run */
export function toWaitChanges(steps: readonly StepWrite[], owner: readonly [string, string, string]): WaitChanges {
  if (steps.every(({ wait }) => wait === undefined)) return NO_CHANGES
  const last = new Map<string, StepWrite>()
  for (const step of steps) {
    if (step.wait !== undefined) last.set(`${step.stepPath}\n${step.iteration}`, step)
  }
  const opened: TextRow[] = []
  const closed: TextRow[] = []
  for (const { wait, stepPath, iteration } of last.values()) {
    if (wait) opened.push([...owner, stepPath, iteration, ...toWaitFields(wait)])
    else closed.push([owner[0], owner[1], stepPath, iteration])
  }
  return { opened, closed }
}

/** @returns kind, event name, match, its path and key, token's hash, child's run id, detail */
function toWaitFields(wait: WaitRegistration): TextRow {
  switch (wait.kind) {
    case 'event': {
      const [path, key] = keyOfMatch(wait.match)
      return ['event', textField(wait.name, 'event name'), jsonField(wait.match), path, key, NULL_VALUE, NULL_VALUE]
    }
    case 'approval':
    case 'callback': {
      const none = [NULL_VALUE, NULL_VALUE, NULL_VALUE, NULL_VALUE]
      return [wait.kind, ...none, hashOf(wait.token), NULL_VALUE, jsonField(wait.detail)]
    }
    case 'child':
      return ['child', NULL_VALUE, NULL_VALUE, NULL_VALUE, NULL_VALUE, NULL_VALUE, textField(wait.runId, 'run id')]
  }
}

/** What stands in the place of the path and of the key of a wait that is looked up by the event's name alone. */
const ANY = '*'
/** Longer paths would not fit into an index. */
const MAX_INDEXED_PATH = 500

/** The first path of a match, as JSON, and the hash of what must be found there: what waits are looked up by. */
function keyOfMatch(match: JsonObject): [path: string, key: string] {
  const [path] = Object.keys(match).sort()
  const value = path === undefined ? undefined : match[path]
  if (path === undefined || value === undefined || path.length > MAX_INDEXED_PATH) return [ANY, ANY]
  return [JSON.stringify(path), hashOf(keyText(value))]
}

/** The key of the waits on `path` that a payload may satisfy; undefined when it has nothing there. */
export function keyOfPayload(payload: JsonValue, path: string): string | undefined {
  if (path === ANY) return ANY
  // Written by keyOfMatch.
  const value = valueAt(payload, JSON.parse(path) as string)
  return value === undefined ? undefined : hashOf(keyText(value))
}

/** A SHA-256 in hexadecimal digits. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Of lists and objects only what they are: those that come with events may be large and deep. */
function keyText(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return Array.isArray(value) ? '[]' : '{}'
}

/** Whether an event's payload has what a match asks for, at each of its paths. */
export function isMatch(payload: JsonValue, match: JsonObject): boolean {
  return Object.entries(match).every(([path, wanted]) => isSame(valueAt(payload, path), wanted))
}

/** Goes no deeper than what is wanted does, which the definition of a workflow bounds. */
function isSame(found: JsonValue | undefined, wanted: JsonValue): boolean {
  if (typeof wanted !== 'object' || wanted === null) return found === wanted
  if (typeof found !== 'object' || found === null || Array.isArray(found) !== Array.isArray(wanted)) return false
  const names = Object.keys(wanted)
  return (
    Object.keys(found).length === names.length &&
    names.every((name) => isSame(fieldOf(found, name), fieldOf(wanted, name) ?? null))
  )
}

function valueAt(payload: JsonValue, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = payload
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = fieldOf(value, name)
  }
  return value
}

/** A field of a JSON object, or an item of a list by its index; the `length` of a list is neither. */
function fieldOf(value: object, name: string): JsonValue | undefined {
  if (!Object.prototype.propertyIsEnumerable.call(value, name)) return undefined
  // Enumerable properties of what was parsed as JSON are JSON.
  return (value as JsonObject)[name]
}
