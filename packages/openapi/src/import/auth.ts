import type { JsonObject, JsonValue } from '@inlay/engine'
import { type Located, memberAt, members, type Source } from '../document/source.js'
import type { ImportedAuth, ImportedCredential, ImportedField } from '../imported-connector.js'
import { isObject, listOr, objectOr, textOr } from '../json.js'
import type { Notes } from '../notes.js'
import { nameOfId } from './names.js'
import { readOAuth } from './oauth.js'

/** How accounts are connected, and what an operation needs. */
export interface AuthPlan {
  readonly auth: ImportedAuth[]
  /** What an operation needs: whether a connection, and which scopes. */
  needs(operation: JsonObject): { readonly needsConnection: boolean; readonly scopes: string[] }
}

/** One scheme, as far as it can be carried. */
interface Scheme {
  readonly name: string
  readonly kind: 'apiKey' | 'bearer' | 'basic' | 'oauth2'
  readonly placement: Omit<ImportedCredential, 'from' | 'field'>
  readonly help: string
  readonly oauth: ImportedAuth['oauth']
  readonly signature: ImportedAuth['signature']
}

/** Everything that the ways to connect depend on. */
export interface AuthContext {
  readonly source: Source
  readonly notes: Notes
  readonly documentUrl: string | undefined
  /** All operations of the document, for those whose needs are their own. */
  readonly operations: readonly JsonObject[]
}

/** Works out the ways to connect from `security` and the schemes that it names. */
export function planAuth(context: AuthContext): AuthPlan {
  const { source, notes } = context
  const root: Located = { value: source.document, pointer: '' }
  const schemes = new Map<string, Scheme>()
  for (const [name, located] of members(source, memberAt(memberAt(root, 'components'), 'securitySchemes'))) {
    const scheme = readScheme(name, located, context)
    if (scheme !== undefined) schemes.set(name, scheme)
  }
  const common = source.document['security']
  const lists = [common, ...context.operations.map((operation) => operation['security'])].filter(Array.isArray)
  const isDeclared = lists.some((list) => list.length > 0)
  if (!isDeclared && schemes.size > 0) {
    notes.add(
      'advice',
      '/security',
      'No operation says how it is secured: every way to connect is offered, none is demanded.',
    )
  }
  const sets = isDeclared ? distinctSets(lists.flat()) : [...schemes.keys()].map((name) => [name])
  const auth = sets.flatMap((names) => combine(names, schemes, notes))
  if (auth.length === 0 && takesAuthorization(context)) {
    notes.add(
      'changed',
      '/security',
      'Operations take a header "Authorization", and no scheme says so: connections hold it.',
    )
    auth.push(AUTHORIZATION_HEADER)
  }
  return { auth: withDistinctIds(auth), needs: (operation) => needsOf(operation['security'] ?? common) }
}

const AUTHORIZATION_HEADER: ImportedAuth = {
  id: 'authorization',
  name: 'Authorization header',
  help: 'Sent as it is in the header Authorization, with the word before it that the service asks for, such as Bearer.',
  kind: 'apiKey',
  credentials: [{ from: 'key', in: 'header', name: 'authorization' }],
  fields: [],
}

function takesAuthorization({ operations, source }: AuthContext): boolean {
  return operations
    .flatMap((operation) => listOr(operation['parameters']))
    .map((parameter) => source.follow(parameter, '')?.value)
    .some((parameter) => parameter?.['in'] === 'header' && /^authorization$/i.test(String(parameter['name'])))
}

function needsOf(security: JsonValue | undefined): { needsConnection: boolean; scopes: string[] } {
  const alternatives = listOr(security).filter(isObject)
  const needsConnection = alternatives.length > 0 && alternatives.every((set) => Object.keys(set).length > 0)
  const [first = {}] = alternatives.filter((set) => Object.keys(set).length > 0)
  const scopes = Object.values(first).flatMap((list) => listOr(list).filter((scope) => typeof scope === 'string'))
  return { needsConnection, scopes: [...new Set(scopes)] }
}

function distinctSets(alternatives: readonly JsonValue[]): string[][] {
  const sets = new Map<string, string[]>()
  for (const alternative of alternatives) {
    const names = Object.keys(objectOr(alternative)).sort()
    if (names.length > 0) sets.set(JSON.stringify(names), names)
  }
  return [...sets.values()]
}

function readScheme(name: string, { value, pointer }: Located, context: AuthContext): Scheme | undefined {
  const { notes } = context
  const help = (textOr(value['description']) ?? '').trim().slice(0, 1000)
  const common = { name, help, oauth: undefined, signature: undefined }
  const bearer: Scheme = {
    ...common,
    kind: 'bearer',
    placement: { in: 'header', name: 'authorization', prefix: 'Bearer ' },
  }
  switch (textOr(value['type'])) {
    case 'apiKey':
      return readApiKey(common, value, { pointer, notes })
    case 'http':
      return readHttp(bearer, value, { pointer, notes })
    case 'oauth2': {
      const oauth = readOAuth(value, { pointer, notes, documentUrl: context.documentUrl })
      return oauth === undefined ? bearer : { ...bearer, kind: 'oauth2', oauth }
    }
    case 'openIdConnect':
      notes.add(
        'changed',
        pointer,
        'The addresses of OpenID Connect would have to be fetched: people enter an access token instead.',
      )
      return bearer
    default:
      notes.add('left_out', pointer, `The scheme "${textOr(value['type']) ?? ''}" cannot be carried.`)
      return undefined
  }
}

interface Place {
  readonly pointer: string
  readonly notes: Notes
}

type Common = Pick<Scheme, 'name' | 'help' | 'oauth' | 'signature'>
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/

function readApiKey(common: Common, value: JsonObject, { pointer, notes }: Place): Scheme | undefined {
  const name = textOr(value['name'])?.trim() ?? ''
  const place = textOr(value['in'])
  if (name === '' || (place !== 'query' && !HEADER_NAME.test(name))) {
    notes.add('left_out', pointer, `"${name}" is no name of a header or parameter.`)
    return undefined
  }
  if (place !== 'header' && place !== 'query' && place !== 'cookie') {
    notes.add('left_out', pointer, `A key cannot be in "${place}".`)
    return undefined
  }
  // The extension of Amazon's gateways that says: requests are signed.
  const isSigned = value['x-amazon-apigateway-authtype'] === 'awsSigv4'
  const signature = isSigned ? ('aws-sigv4' as const) : undefined
  return { ...common, kind: 'apiKey', placement: { in: place, name }, signature }
}

function readHttp(bearer: Scheme, value: JsonObject, { pointer, notes }: Place): Scheme | undefined {
  const scheme = (textOr(value['scheme']) ?? '').toLowerCase()
  if (scheme === 'bearer' || scheme === 'oauth') return bearer
  if (scheme === 'basic') return { ...bearer, kind: 'basic', placement: { in: 'header', name: 'authorization' } }
  if (
    scheme === 'digest' ||
    scheme === 'hoba' ||
    scheme === 'mutual' ||
    scheme === 'negotiate' ||
    scheme.includes('hmac')
  ) {
    notes.add(
      'left_out',
      pointer,
      `HTTP authentication by "${scheme}" needs an exchange or a signature that is not described.`,
    )
    return undefined
  }
  // "Token", "ApiKey" and the like: a word of the service's own before the key.
  notes.add('changed', pointer, `HTTP authentication by "${scheme}" is sent as that word before the key.`)
  const word = textOr(value['scheme']) ?? ''
  return {
    ...bearer,
    kind: 'apiKey',
    placement: { in: 'header', name: 'authorization', prefix: word === '' ? '' : `${word} ` },
  }
}

const RANK: Readonly<Record<Scheme['kind'], number>> = { oauth2: 0, bearer: 1, basic: 2, apiKey: 3 }

/** One way to connect from schemes that are needed together. */
function combine(names: readonly string[], schemes: ReadonlyMap<string, Scheme>, notes: Notes): ImportedAuth[] {
  const found = names.flatMap((name) => schemes.get(name) ?? [])
  if (found.length < names.length) {
    const missing = names.filter((name) => !schemes.has(name)).join(', ')
    notes.add(
      'left_out',
      '/security',
      `The way to connect by ${names.join(' and ')} needs ${missing}, which cannot be carried.`,
    )
    return []
  }
  const [first, ...others] = found.toSorted((a, b) => RANK[a.kind] - RANK[b.kind])
  if (first === undefined) return []
  // Several flows of one service are declared as several schemes; a request carries one token.
  const others_ = others.filter((scheme) => !sharesPlace(first, scheme))
  if (others_.some(({ kind }) => kind !== 'apiKey')) {
    notes.add('left_out', '/security', `The way to connect by ${names.join(' and ')} needs two accounts at once.`)
    return []
  }
  return [toAuth(first, others_)]
}

function sharesPlace(a: Scheme, b: Scheme): boolean {
  return a.placement.in === b.placement.in && a.placement.name.toLowerCase() === b.placement.name.toLowerCase()
}

const SOURCES = { apiKey: 'key', bearer: 'token', oauth2: 'token', basic: 'password' } as const
const KIND_NAMES = {
  apiKey: 'API key',
  bearer: 'Access token',
  oauth2: 'Sign in',
  basic: 'User name and password',
} as const

function toAuth(first: Scheme, others: readonly Scheme[]): ImportedAuth {
  const fields = others.map(
    ({ name, placement, help }, index): ImportedField => ({
      name: fieldName(name, index),
      title: nameOfId(fieldName(name, index)),
      form: 'secret',
      description: `${help} Sent as ${placement.in} "${placement.name}".`.trim().slice(0, 500),
    }),
  )
  const more = others.map(
    ({ placement }, index): ImportedCredential => ({ ...placement, from: 'field', field: fields[index]?.name ?? '' }),
  )
  const help = first.help === '' ? {} : { help: first.help }
  if (first.signature !== undefined) return awsAuth(help)
  return {
    id: methodId(first.name, first.kind),
    name: KIND_NAMES[first.kind],
    ...help,
    kind: first.kind,
    ...(first.oauth === undefined ? {} : { oauth: first.oauth }),
    credentials: [{ ...first.placement, from: SOURCES[first.kind] }, ...more],
    fields,
  }
}

/** The connection's fields of requests that are signed with Signature Version 4. */
function awsAuth(help: { readonly help?: string }): ImportedAuth {
  return {
    id: 'awsSignature',
    name: 'Access key',
    ...help,
    kind: 'custom',
    signature: 'aws-sigv4',
    credentials: [],
    fields: [
      { name: 'accessKeyId', title: 'Access key ID', form: 'text' },
      { name: 'secretAccessKey', title: 'Secret access key', form: 'secret' },
      {
        name: 'sessionToken',
        title: 'Session token',
        form: 'secret',
        default: '',
        description: 'Of temporary credentials.',
      },
    ],
  }
}

function fieldName(scheme: string, index: number): string {
  const name = scheme
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 60)
  return name === '' || ['apiKey', 'token', 'username', 'password'].includes(name) ? `key${index + 2}` : name
}

function methodId(name: string, kind: string): string {
  const id = name
    .replace(/[^A-Za-z0-9_-]/g, '')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 48)
  return id === '' ? kind : id.charAt(0).toLowerCase() + id.slice(1)
}

/** Ids are kept by connections: two that would be the same get numbers; two with one name are told apart by their ids. */
function withDistinctIds(auth: readonly ImportedAuth[]): ImportedAuth[] {
  const taken = new Set<string>()
  return auth.map((method) => {
    let id = method.id
    for (let count = 2; taken.has(id); count++) id = `${method.id}${count}`
    taken.add(id)
    const isAmbiguous = auth.filter(({ name }) => name === method.name).length > 1
    return { ...method, id, name: isAmbiguous ? `${method.name} (${id})` : method.name }
  })
}
