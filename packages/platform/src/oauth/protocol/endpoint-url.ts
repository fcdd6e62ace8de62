import { BugError, type JsonObject, StepError } from '@inlay/engine'

const PLACEHOLDER = /\{([^}]*)\}/g
const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
/** Of a host with a placeholder: `{shop}.com` would be anybody's domain. */
const FIXED_LABELS = 2
const MAX_VALUE = 500
/** Cannot be percent-encoded. */
const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * The address of an endpoint of an authorization server: a connector's template with the connection's own values in it.
 * Codes, tokens and the client's secret are sent to it, so a value may neither choose the host nor leave its place: in a
 * host it is one label before a fixed domain, elsewhere it is percent-encoded.
 *
 * @throws StepError `validation` that names the field, BugError when the template itself is not usable
 */
export function fillEndpoint(template: string, fields: JsonObject): URL {
  const values = new Map<string, string>()
  // Small letters and digits are the same before and after parsing, wherever they stand.
  const marked = template.replaceAll(PLACEHOLDER, (_whole, field: string) => {
    const marker = `inlayfield${values.size}x`
    values.set(marker, field)
    return marker
  })
  if (!URL.canParse(marked)) throw unusable(template, 'it is not an address')
  const url = new URL(marked)
  assertTransport(url, template)
  assertPlaces(url, [...values.keys()], template)
  const host = url.hostname.split('.').map((label) => fillLabel(label, values, fields))
  const path = fillText(url.pathname, values, fields)
  const query = fillText(url.search, values, fields)
  const port = url.port === '' ? '' : `:${url.port}`
  return new URL(`${url.protocol}//${host.join('.')}${port}${path}${query}`)
}

/** Without encryption only a machine talks to itself. */
function assertTransport({ protocol, hostname }: URL, template: string): void {
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname)
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback)) return
  throw unusable(template, 'it must begin with https://')
}

function assertPlaces(url: URL, markers: readonly string[], template: string): void {
  const isIn = (text: string): boolean => markers.some((marker) => text.includes(marker))
  if (url.username !== '' || url.password !== '' || url.hash !== '') throw unusable(template, 'it has parts too many')
  if (isIn(url.hostname.split('.').slice(-FIXED_LABELS).join('.'))) {
    throw unusable(template, 'a field in the host must stand before a fixed domain, as in {shop}.example.com')
  }
}

function fillLabel(label: string, markers: ReadonlyMap<string, string>, fields: JsonObject): string {
  const filled = replaceMarkers(label, markers, (field) => {
    const value = textOf(fields, field)
    if (HOST_LABEL.test(value)) return value
    throw refusedValue(field, 'it must be the name alone: letters, digits and dashes, without dots or slashes')
  })
  if (filled === label || HOST_LABEL.test(filled)) return filled
  throw refusedValue([...markers.values()].join(', '), 'it is too long for the name of a host')
}

function fillText(text: string, markers: ReadonlyMap<string, string>, fields: JsonObject): string {
  return replaceMarkers(text, markers, (field) => {
    const value = textOf(fields, field)
    // Even percent-encoded, dots alone would walk up the path.
    if (/^\.{1,2}$/.test(value)) throw refusedValue(field, 'it must not be dots alone')
    return encodeURIComponent(value)
  })
}

function replaceMarkers(text: string, markers: ReadonlyMap<string, string>, read: (field: string) => string): string {
  return text.replaceAll(/inlayfield\d+x/g, (marker) => {
    const field = markers.get(marker)
    return field === undefined ? marker : read(field)
  })
}

function textOf(fields: JsonObject, field: string): string {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  if (text !== '' && text.length <= MAX_VALUE && !LONE_SURROGATE.test(text)) return text
  throw refusedValue(field, 'it is missing or too long')
}

function refusedValue(field: string, why: string): StepError {
  return new StepError('validation', `The field "${field}" does not make an address`, {
    detail: `Correct it: ${why}.`,
  })
}

function unusable(template: string, why: string): BugError {
  return new BugError(`The connector's OAuth address "${template.slice(0, 200)}" cannot be used: ${why}.`)
}
