import type { JsonObject, JsonValue } from '@inlay/engine'
import type { ImportedField } from '../imported-connector.js'
import { isObject, listOr, objectOr, textOr } from '../json.js'
import type { Notes } from '../notes.js'

/** Where a service is, as connections and requests need it. */
export interface ServerPlan {
  readonly servers: { readonly url: string; readonly title: string }[]
  readonly fields: ImportedField[]
}

const MAX_SERVERS = 50
const MAX_URL = 2000
const VARIABLE = /\{([^{}]+)\}/g
/** The connection's field that says which of several addresses is meant. */
export const SERVER_FIELD = 'server'
/** The connection's field for the address of a service whose document does not tell. */
const ADDRESS_FIELD = 'baseUrl'

/** What a document's `servers` come to; a document without any asks people for the address. */
export function planServers(document: JsonObject, documentUrl: string | undefined, notes: Notes): ServerPlan {
  const given = listOr(document['servers']).filter(isObject)
  const read = given.flatMap((server, index) =>
    readServer(server, { documentUrl, notes, pointer: `/servers/${index}` }),
  )
  const servers = preferHttps(read).slice(0, MAX_SERVERS)
  if (read.length > servers.length && read.length > MAX_SERVERS) {
    notes.add('left_out', '/servers', `Only the first ${MAX_SERVERS} of ${read.length} addresses are offered.`)
  }
  if (servers.length === 0) return askForAddress(given, notes)
  for (const { url } of servers) {
    if (url.startsWith('http:'))
      notes.add('advice', '/servers', `"${url}" is not encrypted: credentials go in clear text.`)
  }
  const fields = new Map(servers.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)))
  if (servers.length > 1) fields.set(SERVER_FIELD, choiceOf(servers))
  return { servers: servers.map(({ url, title }) => ({ url, title })), fields: [...fields.values()] }
}

interface ReadServer {
  readonly url: string
  readonly title: string
  readonly fields: readonly ImportedField[]
}

interface ReadContext {
  readonly documentUrl: string | undefined
  readonly notes: Notes
  readonly pointer: string
}

function readServer(server: JsonObject, context: ReadContext): ReadServer[] {
  const { notes, pointer } = context
  const given = (textOr(server['url']) ?? '').trim().slice(0, MAX_URL)
  const declared = objectOr(server['variables'])
  const variables = [...given.matchAll(VARIABLE)].map(([, name = '']) => name)
  const url = absoluteUrl(given, context)
  if (url === undefined) {
    const isRelative = given === '' || given.startsWith('/')
    const reason = isRelative
      ? `The address "${given}" is relative, and it is not known where the document was found.`
      : `The address "${given.slice(0, 200)}" is none of http or https.`
    notes.add('left_out', pointer, reason)
    return []
  }
  const fields = variables.map((name) => fieldOf(name, objectOr(declared[name]), url))
  const renamed = fields.reduce((text, { name }, index) => text.replace(`{${variables[index]}}`, `{${name}}`), url)
  return [{ url: renamed, title: textOr(server['description'])?.trim().slice(0, 200) || renamed, fields }]
}

/** The address with its variables still in it, without `/` at its end, query and fragment. */
function absoluteUrl(given: string, { documentUrl }: ReadContext): string | undefined {
  const text = given.replace(/[?#].*$/s, '').replace(/\/+$/, '')
  if (/^https?:\/\//i.test(text) || /^\{[^{}]+\}(?=:\/\/|$|\/)/.test(text)) return isUsable(text) ? text : undefined
  if (text.startsWith('//')) return isUsable(`https:${text}`) ? `https:${text}` : undefined
  // A host without its scheme, as in "api.example.com/v1".
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/|$)/i.test(text))
    return isUsable(`https://${text}`) ? `https://${text}` : undefined
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) || documentUrl === undefined) return undefined
  if (!URL.canParse(documentUrl) || !/^https?:/.test(documentUrl)) return undefined
  return new URL(text === '' ? '/' : text, documentUrl).href
    .replace(/%7B/gi, '{')
    .replace(/%7D/gi, '}')
    .replace(/\/+$/, '')
}

/** Whether it is an address of http or https once its variables have values. */
function isUsable(template: string): boolean {
  const filled = template.replace(/^\{[^{}]+\}(?=:\/\/)/, 'https').replace(/^\{[^{}]+\}/, 'https://example.com')
  const sample = filled.replace(/:\{[^{}]+\}/g, ':443').replace(VARIABLE, 'a')
  if (!URL.canParse(sample)) return false
  const { protocol, username, password } = new URL(sample)
  const path = sample.replace(/^[^/]*\/\/[^/]*/, '')
  return /^https?:$/.test(protocol) && username === '' && password === '' && !/(^|\/)\.\.?(\/|$)/.test(path)
}

function fieldOf(given: string, declared: JsonObject, url: string): ImportedField {
  const name = given.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 60) || 'variable'
  const choices = listOr(declared['enum']).filter(isScalar).map(String)
  const preset = isScalar(declared['default']) ? String(declared['default']) : undefined
  const description = textOr(declared['description'])
  const before = url.slice(0, url.indexOf(`{${given}}`))
  const isInPath = /^[^/]*:\/\/[^/]+\//.test(before)
  return {
    name: name === SERVER_FIELD || name === ADDRESS_FIELD ? `${name}_` : name,
    title: name
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .replace(/_+/g, ' ')
      .replace(/^./, (first) => first.toUpperCase()),
    form: before === '' && !url.startsWith(`{${given}}://`) ? 'url' : isInPath ? 'path' : 'host',
    ...(description === undefined ? {} : { description: description.slice(0, 500) }),
    ...(preset === undefined || preset === '' ? {} : { default: preset }),
    ...(choices.length === 0 ? {} : { choices }),
  }
}

function isScalar(value: JsonValue | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** Of two addresses that differ in their scheme alone, the encrypted one; each address once. */
function preferHttps(servers: readonly ReadServer[]): ReadServer[] {
  const urls = new Set(servers.map(({ url }) => url))
  const seen = new Set<string>()
  return servers.filter(({ url }) => {
    if (seen.has(url) || (url.startsWith('http://') && urls.has(url.replace('http://', 'https://')))) return false
    seen.add(url)
    return true
  })
}

function choiceOf(servers: readonly ReadServer[]): ImportedField {
  const urls = servers.map(({ url }) => url)
  const [first = ''] = urls
  return {
    name: SERVER_FIELD,
    title: 'Address of the service',
    description: servers
      .map(({ url, title }) => (title === url ? url : `${url}: ${title}`))
      .join('\n')
      .slice(0, 2000),
    default: first,
    choices: urls,
    form: 'text',
  }
}

function askForAddress(given: readonly JsonObject[], notes: Notes): ServerPlan {
  notes.add(
    'changed',
    '/servers',
    'The document does not say where the service is: each connection asks for its address.',
  )
  const relative =
    given.map((server) => (textOr(server['url']) ?? '').slice(0, MAX_URL)).find((url) => /^\/[^/{}]/.test(url)) ?? ''
  const path = relative.replace(/[?#].*$/s, '').replace(/\/+$/, '')
  const suffix = path === '' ? '' : ` It is followed by ${path}.`
  return {
    servers: [
      { url: `{${ADDRESS_FIELD}}${/\/\.\.?(\/|$)/.test(path) ? '' : path}`, title: 'The address of the connection' },
    ],
    fields: [
      {
        name: ADDRESS_FIELD,
        title: 'Address of the service',
        description: `Such as https://service.example.com.${suffix}`,
        form: 'url',
      },
    ],
  }
}
