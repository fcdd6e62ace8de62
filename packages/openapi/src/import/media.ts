import type { Located } from '../document/source.js'
import { isObject, objectOr, pointerKey, textOr } from '../json.js'

/** A media type of a body or answer, and how it is read or written. */
export interface Media extends Located {
  readonly type: string
  readonly kind: 'json' | 'form' | 'multipart' | 'text' | 'bytes'
}

const RANK: Readonly<Record<Media['kind'], number>> = { json: 0, form: 1, multipart: 2, text: 3, bytes: 4 }

/** Media types of a `content`, the one that is dealt with best first. */
export function mediaOf({ value, pointer }: Located): Media[] {
  const content = value['content']
  if (!isObject(content)) return []
  const all = Object.entries(content).map(([given, media]): Media => {
    const type = given.trim() === '' ? '*/*' : given.trim()
    const object = objectOr(media)
    return {
      type,
      kind: kindOf(type, objectOr(object['schema'])),
      value: object,
      pointer: `${pointer}/content/${pointerKey(given)}`,
    }
  })
  return all.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || Number(b.type === 'application/json') - Number(a.type === 'application/json'),
  )
}

/** A form that is said to be nothing but bytes is better sent as bytes. */
function rankOf({ kind, value }: Media): number {
  return kind === 'multipart' && isBinary(objectOr(value['schema'])) ? RANK.bytes + 1 : RANK[kind]
}

function kindOf(type: string, schema: { readonly [key: string]: unknown }): Media['kind'] {
  const name = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (isBinary(schema) && !/json|form/.test(name)) return 'bytes'
  // Anything is taken, or nothing is said: services of today speak JSON.
  if (name === '*/*' || name === '') return schema['type'] === 'string' ? 'text' : 'json'
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'bytes'
}

const KINDS: readonly (readonly [RegExp, Media['kind']])[] = [
  [/json.*(seq|stream|lines)|ndjson/, 'text'],
  [/json/, 'json'],
  [/^application\/x-www-form-urlencoded$/, 'form'],
  [/^multipart\/form-data|^application\/form-data$/, 'multipart'],
  [/^text\/|xml|yaml|javascript|graphql|csv|markdown|sql/, 'text'],
]

/** Whether a schema is of bytes rather than text, in the words of 3.0 or 3.1. */
export function isBinary(schema: { readonly [key: string]: unknown }): boolean {
  if (schema['type'] === 'file') return true
  if (schema['format'] === 'binary' || schema['format'] === 'file') return true
  // A media type of its own and no encoding means: raw bytes. The encodings of 3.1 are of text.
  const media = textOr(schema['contentMediaType'] as string | undefined)
  return media !== undefined && schema['contentEncoding'] === undefined && !/^text\/|json|xml/.test(media)
}
