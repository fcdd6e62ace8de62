import type { JsonValue } from '@inlay/engine'
import { type Located, memberAt, members } from '../document/source.js'
import type { ImportedOperation } from '../imported-connector.js'
import { objectOr, textOr } from '../json.js'
import { FILE_SAMPLE, FILE_SCHEMA } from '../schema/file-schema.js'
import type { SchemaNode } from '../schema/node.js'
import type { FoundOperation, ImportContext } from './context.js'
import { type Media, mediaOf } from './media.js'
import { shortName } from './names.js'
import { exampleOf } from './parameters.js'

/** What an operation gives, and what its refusals mean. */
export interface ReadAnswer {
  readonly kind: ImportedOperation['output']['kind']
  readonly schema: SchemaNode
  /** Asked for by `accept`. */
  readonly accept?: string
  readonly errors: Record<string, string>
  readonly example?: JsonValue
  /** Whether a `Link` header is declared. */
  readonly hasLinkHeader: boolean
}

/** Reads the responses of an operation: the first that means success, and those that mean refusal. */
export function readAnswer(found: FoundOperation, context: ImportContext): ReadAnswer {
  const responses = members(context.source, memberAt({ value: found.operation, pointer: found.pointer }, 'responses'))
  const good = responses.filter(([status]) => /^2(\d\d|XX)$/i.test(status)).toSorted(([a], [b]) => a.localeCompare(b))
  const other = responses.filter(([status]) => status === 'default')
  const errors = errorsOf(responses)
  const candidates = good.length > 0 ? good : other
  // These statuses have no body, whatever a document says.
  const withContent = candidates.find(
    ([status, response]) => !/^(204|205)$/.test(status) && mediaOf(response).length > 0,
  )
  if (withContent === undefined) return { kind: 'none', schema: { type: 'null' }, errors, hasLinkHeader: false }
  const [status, response] = withContent
  const [media, ...others] = mediaOf(response)
  if (media === undefined) return { kind: 'none', schema: { type: 'null' }, errors, hasLinkHeader: false }
  const further = others.filter(({ kind }) => kind !== media.kind)
  if (further.length > 0) {
    context.notes.add(
      'left_out',
      response.pointer,
      `The answer is asked for as ${media.type}, not as ${further.map(({ type }) => type).join(', ')}.`,
    )
  }
  const isAlways =
    candidates.length === 1 || candidates.every(([code, one]) => code === status || mediaOf(one).length > 0)
  const hasLinkHeader = Object.keys(objectOr(response.value['headers'])).some((name) => name.toLowerCase() === 'link')
  return { ...contentOf(media, isAlways, context), errors, hasLinkHeader }
}

function contentOf(
  media: Media,
  isAlways: boolean,
  context: ImportContext,
): Omit<ReadAnswer, 'errors' | 'hasLinkHeader'> {
  const accept = media.type.includes('*') ? {} : { accept: media.type }
  const orNull = (schema: SchemaNode): SchemaNode => (isAlways ? schema : { anyOf: [schema, { type: 'null' }] })
  switch (media.kind) {
    case 'bytes':
    case 'multipart':
      return { kind: 'file', schema: orNull(FILE_SCHEMA), example: FILE_SAMPLE, ...accept }
    case 'text':
    case 'form':
      return { kind: 'text', schema: orNull({ type: 'string' }), ...textExample(media, context), ...accept }
    case 'json': {
      const schema = context.translator.translate(media.value['schema'], `${media.pointer}/schema`, 'out')
      return { kind: 'json', schema: orNull(schema), ...exampleOf(media.value, context), ...accept }
    }
  }
}

function textExample(media: Media, context: ImportContext): { readonly example?: JsonValue } {
  const { example } = exampleOf(media.value, context)
  return typeof example === 'string' ? { example } : {}
}

function errorsOf(responses: readonly (readonly [string, Located])[]): Record<string, string> {
  const refusals = responses.filter(([status]) => /^([1345](\d\d|XX)|default)$/i.test(status))
  return Object.fromEntries(
    refusals.flatMap(([status, { value }]) => {
      const text = shortName(textOr(value['description']) ?? '')
      return text === '' || /^(default|error|unexpected error)$/i.test(text)
        ? []
        : [[status.toUpperCase().replace('DEFAULT', 'default'), text]]
    }),
  )
}
