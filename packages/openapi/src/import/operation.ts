import type { JsonObject } from '@inlay/engine'
import type { ImportedOperation } from '../imported-connector.js'
import { isObject, objectOr, textOr } from '../json.js'
import { findSample } from '../schema/sample-check.js'
import { topKinds } from '../schema/top-kinds.js'
import { readAddress } from './address.js'
import { type ReadAnswer, readAnswer } from './answers.js'
import type { FoundOperation, ImportContext } from './context.js'
import { type InputForm, inputForm } from './input-form.js'
import { nameOfId, shortDescription, shortName } from './names.js'
import { findPaging } from './paging.js'
import { readParameters } from './parameters.js'
import { readBody } from './request-body.js'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** An operation as an action; undefined when it cannot be one, with a note that says why. */
export function importOperation(
  found: FoundOperation,
  id: string,
  context: ImportContext,
): ImportedOperation | undefined {
  const { notes, auth } = context
  const method = METHODS.find((one) => one === found.method)
  if (method === undefined) {
    notes.add('left_out', found.pointer, `The method ${found.method} is not sent.`)
    return undefined
  }
  const { parameters, idempotency } = readParameters(found, context)
  const address = readAddress(found, parameters, context)
  if (address === undefined) return undefined
  const form = inputForm(address.parameters, readBody(found, context))
  const answer = readAnswer(found, context)
  const { operation } = found
  noteUncarried(found, context)
  const delivery = (['at-least-once', 'at-most-once'] as const).find((one) => one === operation['x-inlay-delivery'])
  return {
    id,
    key: found.key,
    name: nameOf(operation, id),
    description: descriptionOf(found),
    method,
    path: address.path,
    query: address.query,
    headers: answer.accept === undefined ? {} : { accept: answer.accept },
    ...(address.server === undefined ? {} : { server: address.server }),
    isHidden: operation['x-inlay-hidden'] === true,
    ...auth.needs(operation),
    ...(delivery === undefined ? {} : { delivery }),
    parameters: form.parameters,
    ...(form.body === undefined ? {} : { body: form.body }),
    ...(idempotency === undefined ? {} : { idempotency }),
    ...formAndPaging(found, { form, answer, method }, context),
    output: { kind: answer.kind, schema: asObject(answer.schema), ...kindsOf(answer, context) },
    errors: answer.errors,
    options: {},
    ...samplesOf(found, form, { answer, context }),
  }
}

function descriptionOf({ operation, method, path }: FoundOperation): string {
  const text = [textOr(operation['description']), textOr(operation['summary'])].find((one) => one?.trim())
  return shortDescription(text ?? `${method} ${path.split('#')[0] ?? ''}`)
}

function nameOf(operation: JsonObject, id: string): string {
  const given = textOr(operation['x-inlay-name']) ?? textOr(operation['summary']) ?? ''
  const name = shortName(given)
  const isOld = operation['deprecated'] === true ? ' (deprecated)' : ''
  return `${name === '' ? nameOfId(id) : name}${isOld}`
}

function kindsOf({ kind, schema }: ReadAnswer, { translator }: ImportContext): { readonly kinds?: string[] } {
  const kinds = kind === 'json' ? topKinds(schema, translator.definitions) : undefined
  return kinds === undefined ? {} : { kinds: [...kinds] }
}

function asObject(node: ReadAnswer['schema']): JsonObject {
  if (typeof node === 'boolean') return node ? {} : { not: {} }
  return node
}

interface Parts {
  readonly form: InputForm
  readonly answer: ReadAnswer
  readonly method: string
}

/** How many items "all pages" gives when nobody says. */
export const DEFAULT_MAX_ITEMS = 1000

function formAndPaging(found: FoundOperation, { form, answer, method }: Parts, context: ImportContext) {
  const { translator, notes } = context
  const said = found.operation['x-inlay-pagination']
  const paged = {
    method,
    parameters: form.parameters,
    input: form.schema,
    output: answer.schema,
    hasLinkHeader: answer.hasLinkHeader,
    definitions: translator.definitions,
  }
  const paging = said === false || answer.kind !== 'json' ? undefined : findPaging(paged)
  if (paging === undefined) return { input: form.schema }
  const allField = form.freeName('allPages')
  const maxField = form.freeName('maxItems')
  notes.add('advice', found.pointer, `The list goes on by ${paging.kind}: recognised by names, not declared.`)
  const properties = {
    ...objectOr(form.schema['properties']),
    [allField]: {
      type: 'boolean',
      title: 'All pages',
      description: 'Reads page after page and gives all items at once.',
      default: false,
    },
    [maxField]: {
      type: 'integer',
      title: 'At most',
      description: 'How many items all pages may give.',
      minimum: 1,
      maximum: 10_000,
      default: DEFAULT_MAX_ITEMS,
    },
  }
  return { input: { ...form.schema, properties }, paging: { ...paging, allField, maxField } }
}

function samplesOf(
  found: FoundOperation,
  form: InputForm,
  { answer, context }: { readonly answer: ReadAnswer; readonly context: ImportContext },
) {
  const { translator, check, notes } = context
  const { definitions } = translator
  const own = objectOr(found.operation['x-inlay-sample'])
  const ownInput = own['input']
  const input = findSample(form.sampled, definitions, { check, given: isObject(ownInput) ? [ownInput] : [] })
  const given = [own['output'], answer.example].filter((example) => example !== undefined)
  const output = answer.kind === 'none' ? null : findSample(answer.schema, definitions, { check, given })
  if (input === undefined) notes.add('left_out', found.pointer, 'No sample of the input fits its own schema.')
  if (output === undefined) notes.add('left_out', found.pointer, 'No sample of the answer fits its own schema.')
  if (
    answer.example !== undefined &&
    output !== undefined &&
    JSON.stringify(output) !== JSON.stringify(answer.example)
  ) {
    notes.add(
      'changed',
      `${found.pointer}/responses`,
      'The example of the answer does not fit its schema, or holds secrets; another is shown.',
    )
  }
  return {
    ...(isObject(input) ? { sampleInput: input } : {}),
    ...(output === undefined ? {} : { sampleOutput: output }),
  }
}

/** What operations may say and actions have no place for. */
function noteUncarried({ operation, pointer }: FoundOperation, { notes }: ImportContext): void {
  if (Object.keys(objectOr(operation['callbacks'])).length > 0) {
    notes.add('left_out', `${pointer}/callbacks`, 'Callbacks of an operation do not start workflows.')
  }
}
