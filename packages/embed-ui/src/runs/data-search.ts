// Data as a tree of addresses: where a text occurs in it, and how its parts are named in expressions.
import type { JsonValue } from '@inlay/engine'
import { holdsText } from '../search/folded-text.js'
import { isSecretName } from './secrets.js'

/** Names and indices from the root to a part. */
export type DataPath = readonly (string | number)[]

/** Matches beyond this many are not looked for. */
const MAX_MATCHES = 500

/** A key by which parts of one value are told apart. */
export function pathKey(path: DataPath): string {
  return JSON.stringify(path)
}

/** Parts whose name or own value holds a text, in reading order. Hidden values are not looked into. */
export function findInData(
  value: JsonValue,
  wanted: string,
  isShown: (path: DataPath) => boolean,
): readonly DataPath[] {
  const words = wanted.trim()
  const found: DataPath[] = []
  if (words === '') return found
  const visit = (part: JsonValue, path: DataPath): void => {
    if (found.length >= MAX_MATCHES) return
    const name = path.at(-1)
    const isNamed = typeof name === 'string' && holdsText(name, words)
    if (isNamed || (isShown(path) && holdsText(leafText(part), words))) found.push(path)
    if (!isShown(path)) return
    for (const [key, child] of entriesOf(part)) visit(child, [...path, key])
  }
  visit(value, [])
  return found
}

/** The names and values inside a part; none of a value without parts. */
export function entriesOf(value: JsonValue): readonly (readonly [string | number, JsonValue])[] {
  if (Array.isArray(value)) return value.map((child, index) => [index, child as JsonValue] as const)
  if (typeof value !== 'object' || value === null) return []
  // What Object.entries gives of JSON is JSON.
  return Object.entries(value) as [string, JsonValue][]
}

/** Whether the part at a path is hidden by its name, or lies in one that is. */
export function isHiddenByName(path: DataPath): boolean {
  return path.some((part) => typeof part === 'string' && isSecretName(part))
}

/** A copy in which hidden parts are replaced. */
export function withoutHidden(value: JsonValue, isShown: (path: DataPath) => boolean, path: DataPath = []): JsonValue {
  if (!isShown(path)) return '[hidden]'
  if (Array.isArray(value)) {
    return value.map((child, index) => withoutHidden(child as JsonValue, isShown, [...path, index]))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    entriesOf(value).map(([name, child]) => [name, withoutHidden(child, isShown, [...path, name])]),
  )
}

/** A copy without what looks like a secret. */
export function withoutSecrets(value: JsonValue): JsonValue {
  return withoutHidden(value, (path) => !isHiddenByName(path))
}

/** Whether anything in the data looks like a secret. */
export function hasSecrets(value: JsonValue): boolean {
  return entriesOf(value).some(([name, child]) => (typeof name === 'string' && isSecretName(name)) || hasSecrets(child))
}

/** How expressions of the builder name a part, for example `steps.order.output.lines[0].sku`. */
export function expressionPath(root: string, path: DataPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? `${text}.${part}` : `${text}[${JSON.stringify(part)}]`
  }, root)
}

/** The paths of all parts around these. */
export function pathsAround(paths: readonly DataPath[]): ReadonlySet<string> {
  return new Set(paths.flatMap((path) => path.map((_, depth) => pathKey(path.slice(0, depth)))))
}

function leafText(value: JsonValue): string {
  return typeof value === 'object' ? '' : String(value)
}
