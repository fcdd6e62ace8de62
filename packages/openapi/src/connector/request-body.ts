import {
  type FileRef,
  type FileStore,
  fileRefSchema,
  type HttpRequest,
  type JsonObject,
  type JsonValue,
  type MultipartPart,
  StepError,
} from '@inlay/engine'
import type { ImportedBody, ImportedBodyProperty, ImportedOperation } from '../imported-connector.js'
import { own } from '../json.js'
import { queryPairs, scalar } from './serialize.js'

/** The part of a request that carries a body. */
export type BodyPart = Pick<HttpRequest, 'json' | 'text' | 'bytes' | 'multipart' | 'headers'>

/** The body that an operation's input makes; nothing when none of its fields is set. */
export async function requestBody(
  operation: ImportedOperation,
  input: JsonObject,
  files: FileStore,
): Promise<BodyPart> {
  const { body } = operation
  if (body === undefined) return {}
  const value = body.field === undefined ? fieldsOf(operation, body, input) : own(input, body.field)
  if (value === undefined) return {}
  const headers = { 'content-type': body.contentType }
  switch (body.kind) {
    case 'json':
      return { json: value, headers }
    case 'text':
      return { text: scalar(value), headers }
    case 'form':
      return { text: formOf(body, value), headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    case 'bytes': {
      const file = toFile(value, body.field ?? '')
      // A range, such as image/*, leaves it to the file.
      const type = body.contentType.includes('*') ? file.contentType : body.contentType
      return { bytes: await files.read(file), headers: { 'content-type': type } }
    }
    case 'multipart':
      return { multipart: await partsOf(value, files) }
  }
}

function fieldsOf(
  { parameters, paging }: ImportedOperation,
  body: ImportedBody,
  input: JsonObject,
): JsonObject | undefined {
  const known = body.properties.flatMap(({ field, name }) => {
    const value = own(input, field)
    return value === undefined ? [] : [[name, value] as const]
  })
  const others = new Set([...parameters, ...body.properties].map(({ field }) => field))
  if (paging !== undefined) others.add(paging.allField).add(paging.maxField)
  const further = body.isOpen ? Object.entries(input).filter(([field]) => !others.has(field)) : []
  const entries = [...known, ...further]
  return entries.length === 0 && body.kind !== 'json' ? undefined : Object.fromEntries(entries)
}

function formOf(body: ImportedBody, value: JsonValue): string {
  return entriesOf(value)
    .flatMap(([name, member]) => {
      const { style = 'form', explode = true } = propertyOf(body, name)
      // Without a style of its own an object is one field, written as JSON.
      const isNested = style === 'form' && typeof member === 'object' && member !== null && !Array.isArray(member)
      return queryPairs({ name, style: isNested ? 'json' : style, explode }, member)
    })
    .join('&')
}

async function partsOf(value: JsonValue, files: FileStore): Promise<MultipartPart[]> {
  const parts = entriesOf(value).map(async ([name, member]): Promise<MultipartPart[]> => {
    const list = Array.isArray(member) ? member : [member]
    const areFiles = list.length > 0 && list.every((item) => fileRefSchema.safeParse(item).success)
    if (areFiles) return Promise.all(list.map((item) => filePart(name, toFile(item, name), files)))
    if (Array.isArray(member) && !member.some((item) => typeof item === 'object'))
      return member.map((item) => ({ name, text: scalar(item) }))
    return [{ name, text: scalar(member) }]
  })
  return (await Promise.all(parts)).flat()
}

async function filePart(name: string, file: FileRef, files: FileStore): Promise<MultipartPart> {
  return { name, bytes: await files.read(file), fileName: file.name, contentType: file.contentType }
}

function toFile(value: JsonValue, field: string): FileRef {
  const parsed = fileRefSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new StepError('validation', `"${field}" is not a file`, {
    detail: 'Take it from the output of a step that gives files.',
  })
}

function entriesOf(value: JsonValue): [string, JsonValue][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}

function propertyOf(body: ImportedBody, name: string): Partial<ImportedBodyProperty> {
  return body.properties.find((property) => property.name === name) ?? {}
}
