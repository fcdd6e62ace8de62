/** Writes values as parameters (OpenAPI 3, "Style Values"; RFC 6570). */
import { type JsonValue, StepError } from '@inlay/engine'
import type { ImportedParameter } from '../imported-connector.js'
import { isObject } from '../json.js'

type Style = Pick<ImportedParameter, 'name' | 'style' | 'explode' | 'allowReserved'>

/** Writes a value, or leaves its characters to the place where it goes. */
type Encode = (text: string) => string

const RESERVED = /%(3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B)/g

/** A value within the path. */
export function pathSegment(parameter: Style, value: JsonValue): string {
  const { name, style, explode } = parameter
  const encode = encodeURIComponent
  if (style === 'json') return encode(JSON.stringify(value))
  const text = joined(value, { explode, separator: style === 'label' && explode ? '.' : ',', encode })
  if (style === 'label') return `.${text}`
  if (style !== 'matrix') return text
  if (!explode || !isComposite(value)) return `;${name}=${text}`
  const pairs = isObject(value) ? Object.entries(value) : listOf(value).map((item) => [name, item] as const)
  return pairs.map(([key, item]) => `;${encode(key)}=${encode(scalar(item))}`).join('')
}

/** A value within the query: what stands between `?` and `&`. */
export function queryPairs(parameter: Style, value: JsonValue): string[] {
  const { name, style, explode, allowReserved = false } = parameter
  const encode: Encode = (text) => {
    const encoded = encodeURIComponent(text)
    // What ends a query or a parameter stays encoded.
    return allowReserved ? encoded.replace(RESERVED, (found) => decodeURIComponent(found)) : encoded
  }
  const key = encodeURIComponent(name)
  if (style === 'json') return [`${key}=${encode(JSON.stringify(value))}`]
  if (style === 'deepObject' && isComposite(value)) return deepPairs(name, value, encode)
  if (!isComposite(value)) return [`${key}=${encode(scalar(value))}`]
  if (explode) {
    if (isObject(value))
      return Object.entries(value).map(([field, item]) => `${encodeURIComponent(field)}=${encode(scalar(item))}`)
    return listOf(value).map((item) => `${key}=${encode(scalar(item))}`)
  }
  const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ','
  return [`${key}=${joined(value, { explode: false, separator, encode })}`]
}

/** `filter[status]=open`; lists within count up, which most services take. */
function deepPairs(name: string, value: JsonValue, encode: Encode): string[] {
  const entries = isObject(value)
    ? Object.entries(value)
    : listOf(value).map((item, index) => [String(index), item] as const)
  return entries.flatMap(([key, item]) => {
    const inner = `${name}[${key}]`
    return isComposite(item) ? deepPairs(inner, item, encode) : [`${encodeURIComponent(inner)}=${encode(scalar(item))}`]
  })
}

/** A value as a header or cookie. @throws StepError `validation` for line breaks */
export function headerValue(parameter: Style, value: JsonValue): string {
  const { name, style, explode } = parameter
  const text =
    style === 'json' ? JSON.stringify(value) : joined(value, { explode, separator: ',', encode: (plain) => plain })
  if (!/[\r\n\0]/.test(text)) return text
  throw new StepError('validation', `"${name}" must be one line`, {
    detail: 'It is sent as a header. Remove the line breaks.',
  })
}

interface Joining {
  readonly explode: boolean
  readonly separator: string
  readonly encode: Encode
}

function joined(value: JsonValue, { explode, separator, encode }: Joining): string {
  if (!isComposite(value)) return encode(scalar(value))
  if (!isObject(value))
    return listOf(value)
      .map((item) => encode(scalar(item)))
      .join(separator)
  return Object.entries(value)
    .map(([key, item]) => `${encode(key)}${explode ? '=' : separator}${encode(scalar(item))}`)
    .join(separator)
}

/** A value as text; what is nested deeper than a style reaches is written as JSON. */
export function scalar(value: JsonValue): string {
  if (typeof value === 'string') return value
  return value === null ? '' : isComposite(value) ? JSON.stringify(value) : String(value)
}

function isComposite(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}
