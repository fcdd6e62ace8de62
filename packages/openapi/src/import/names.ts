import { createHash } from 'node:crypto'

const MAX_ID = 80
const MAX_CONNECTOR_ID = 50
const MAX_NAME = 120
const MAX_DESCRIPTION = 1500

/** An id of an action from words of the document: `list_all-Orders` becomes `listAllOrders`. */
export function memberId(text: string): string {
  const words = text
    .normalize('NFKD')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  const joined = words
    .map((word, index) => (index === 0 ? lowerFirst(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  const id = /^[a-z]/.test(joined) ? joined : `op${joined}`
  return id.length <= MAX_ID ? id : `${id.slice(0, MAX_ID - HASH)}${shortHash(text)}`
}

/** `SMSSend` becomes `smsSend`, `ListOrders` becomes `listOrders`. */
function lowerFirst(word: string): string {
  const capitals = /^[A-Z]+(?![a-z])/.exec(word)?.[0] ?? word.charAt(0)
  return capitals.toLowerCase() + word.slice(capitals.length)
}

const HASH = 6

/** Few letters that stand for a text, always the same. */
function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH)
}

/**
 * Ids without repetitions: of several that are the same, the one whose key comes first in the alphabet keeps it, and the
 * others get letters that follow from their keys. So an id does not change when the document's order does.
 */
export function uniqueIds(wanted: readonly { readonly key: string; readonly id: string }[]): Map<string, string> {
  const byId = new Map<string, string[]>()
  for (const { key, id } of wanted) byId.set(id, [...(byId.get(id) ?? []), key])
  const taken = new Set(byId.keys())
  const result = new Map<string, string>()
  for (const [id, keys] of byId) {
    const [first = '', ...others] = keys.toSorted()
    result.set(first, id)
    for (const key of others) {
      let unique = `${id.slice(0, MAX_ID - HASH)}${shortHash(key)}`
      for (let count = 2; taken.has(unique); count++)
        unique = `${id.slice(0, MAX_ID - 2 * HASH)}${shortHash(`${key} ${count}`)}`
      taken.add(unique)
      result.set(key, unique)
    }
  }
  return result
}

/** An id of a connector from a title: `The Acme API (v2)` becomes `the-acme-api-v2`. */
export function connectorId(title: string): string {
  const id = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, MAX_CONNECTOR_ID)
    .replace(/-+$/, '')
  return id === '' ? `api-${shortHash(title)}` : id
}

/** What an operation is called when nobody has said: `listAllOrders` becomes `List all orders`. */
export function nameOfId(id: string): string {
  const words = id
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_.[\]$]+/g, ' ')
    .trim()
    .toLowerCase()
  if (words === '') return id
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** One line of text: Markdown and HTML marks taken out, cut at the end of a sentence or word. */
export function shortName(text: string): string {
  const line = plainLine(text)
  if (line.length <= MAX_NAME) return line.replace(/\.$/, '')
  const sentence = /^.{10,}?[.!?](?=\s)/.exec(line)?.[0]
  if (sentence !== undefined && sentence.length <= MAX_NAME) return sentence.replace(/\.$/, '')
  return `${line.slice(0, MAX_NAME).replace(/\s+\S*$/, '')}…`
}

function plainLine(text: string): string {
  return text
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/!?\[([^\]]{0,300})\]\([^)]{0,500}\)/g, '$1')
    .replace(/[`*_#]{1,3}(?=\S)|(?<=\S)[`*]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Markdown as it is, cut at a paragraph or sentence when it is long. */
export function shortDescription(text: string): string {
  const trimmed = text.trim()
  if (trimmed.length <= MAX_DESCRIPTION) return trimmed
  const cut = trimmed.slice(0, MAX_DESCRIPTION)
  const end = Math.max(cut.lastIndexOf('\n\n'), cut.lastIndexOf('. ') + 1)
  return `${cut.slice(0, end > MAX_DESCRIPTION / 2 ? end : MAX_DESCRIPTION).trimEnd()} …`
}
