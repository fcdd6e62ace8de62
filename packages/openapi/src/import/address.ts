import type { JsonObject } from '@inlay/engine'
import { isObject, listOr, objectOr, textOr } from '../json.js'
import type { FoundOperation, ImportContext } from './context.js'
import type { ReadParameter } from './parameters.js'
import { planServers } from './servers.js'

/** Where an operation is, below the service's address. */
export interface ReadAddress {
  readonly path: string
  readonly query: Record<string, string>
  /** Set when the operation is somewhere else than the rest. */
  readonly server?: string
  readonly parameters: ReadParameter[]
}

const PLACEHOLDER = /\{([^{}]*)\}/g

/** The address of an operation; undefined when it cannot be called, with a note that says why. */
export function readAddress(
  found: FoundOperation,
  parameters: readonly ReadParameter[],
  context: ImportContext,
): ReadAddress | undefined {
  // What follows a `#` tells operations of one path apart and is never sent.
  const [address = ''] = found.path.split('#')
  const [given = '', search = ''] = address.split(/\?(.*)/s)
  const path = given.startsWith('/') ? given : `/${given}`
  const refusal = pathRefusal(path)
  if (refusal !== undefined) {
    context.notes.add('left_out', found.pointer, refusal)
    return undefined
  }
  const query: Record<string, string> = {}
  const inSearch = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(search)) {
    const placeholder = /^\{([^{}]*)\}$/.exec(value)?.[1]
    if (placeholder === undefined) query[name] = value
    else inSearch.set(placeholder, name)
  }
  const placed = parameters.map((parameter): ReadParameter => {
    const name = inSearch.get(parameter.name)
    if (name === undefined || parameter.in === 'header') return parameter
    return { ...parameter, name, in: 'query', style: 'form', explode: true }
  })
  const server = readServer(found, context)
  return {
    path,
    query,
    parameters: inPath(path, placed, { found, context }),
    ...(server === undefined ? {} : { server }),
  }
}

function pathRefusal(path: string): string | undefined {
  if (path.length > 2000) return 'The path is longer than 2000 characters.'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in an address
  if (/[\\\u0000-\u001f\u007f]/.test(path)) return 'The path holds characters that no address has.'
  const isClimbing = path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))
  return isClimbing ? 'The path leads out of the service\'s address by "..".' : undefined
}

interface PathContext {
  readonly found: FoundOperation
  readonly context: ImportContext
}

/** Every placeholder has its parameter, and every parameter of the path its placeholder. */
function inPath(path: string, parameters: readonly ReadParameter[], { found, context }: PathContext): ReadParameter[] {
  const names = new Set([...path.matchAll(PLACEHOLDER)].map(([, name = '']) => name))
  const kept = parameters.filter((parameter) => {
    if (parameter.in !== 'path' || names.has(parameter.name)) return true
    context.notes.add('left_out', parameter.pointer, `The path has no {${parameter.name}}.`)
    return false
  })
  const declared = new Set(kept.filter((parameter) => parameter.in === 'path').map(({ name }) => name))
  const added = [...names].filter((name) => !declared.has(name))
  return [
    ...kept,
    ...added.map((name): ReadParameter => {
      context.notes.add(
        'changed',
        found.pointer,
        `The path holds {${name}}, which no parameter describes; it is a text.`,
      )
      const schema = { type: 'string' }
      return { name, in: 'path', style: 'simple', explode: false, schema, isRequired: true, pointer: found.pointer }
    }),
  ]
}

/** The address of operations that are elsewhere: without choices, so that what is stored is whole. */
function readServer({ operation, item, pointer }: FoundOperation, context: ImportContext): string | undefined {
  const own = [operation['servers'], item.value['servers']].find((servers) => listOr(servers).length > 0)
  const common = JSON.stringify(context.source.document['servers'] ?? null)
  if (own === undefined || JSON.stringify(own) === common) return undefined
  const plan = planServers({ servers: own }, context.documentUrl, { ...context.notes, add: () => {} })
  const [first] = plan.servers
  const filled = first === undefined ? undefined : fillDefaults(first.url, listOr(own).find(isObject) ?? {})
  if (filled === undefined || filled === firstUrl(context.source.document)) return undefined
  if (!URL.canParse(filled) || filled.includes('{')) {
    context.notes.add(
      'changed',
      `${pointer}/servers`,
      'The address of this operation has no value for its variables; it is called at the common one.',
    )
    return undefined
  }
  context.notes.add(
    'advice',
    `${pointer}/servers`,
    `This operation is at ${new URL(filled).origin}; credentials go there too.`,
  )
  return filled
}

function fillDefaults(url: string, server: JsonObject): string {
  const variables = objectOr(server['variables'])
  return url.replace(PLACEHOLDER, (whole, name: string) => textOr(objectOr(variables[name])['default']) ?? whole)
}

function firstUrl(document: JsonObject): string | undefined {
  const [first] = listOr(document['servers'])
  return textOr(objectOr(first)['url'])?.replace(/\/+$/, '')
}
