import { createHash } from 'node:crypto'
import { type ActionContext, type HttpRequest, type JsonObject, type JsonValue, StepError } from '@inlay/engine'
import type { ImportedOperation } from '../imported-connector.js'
import { own } from '../json.js'
import { requestBody } from './request-body.js'
import { headerValue, pathSegment, queryPairs } from './serialize.js'

/** What a call needs of an action's or trigger's context. */
export type CallContext = Pick<ActionContext, 'http' | 'signal' | 'files'> & { readonly idempotencyKey?: string }

/** The request that an operation makes of its input. @throws StepError `validation` for values that cannot be sent */
export async function toRequest(
  operation: ImportedOperation,
  input: JsonObject,
  context: CallContext,
): Promise<HttpRequest> {
  const body = await requestBody(operation, input, context.files)
  const headers = {
    ...operation.headers,
    ...headersOf(operation, input),
    ...body.headers,
    ...idempotencyOf(operation, context),
  }
  return {
    ...body,
    method: operation.method,
    url: (operation.server ?? '') + pathOf(operation, input) + queryOf(operation, input),
    headers,
    signal: context.signal,
  }
}

function pathOf({ path, parameters, name }: ImportedOperation, input: JsonObject): string {
  const filled = path.replace(/\{([^{}]*)\}/g, (_, placeholder: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === placeholder)
    const value = parameter === undefined ? undefined : own(input, parameter.field)
    if (parameter === undefined || value === undefined || value === null || value === '')
      throw missing(placeholder, name)
    return pathSegment(parameter, value)
  })
  // "." and ".." would be taken for steps up, out of the service's address.
  const isClimbing = filled.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))
  if (!isClimbing) return filled
  throw new StepError('validation', `"${name}" cannot be called with "." or ".." in its path`, {
    detail: 'Such a value would lead to another address. Check the fields of the path.',
  })
}

function missing(field: string, name: string): StepError {
  return new StepError('validation', `"${field}" is missing`, { detail: `"${name}" needs it in its address.` })
}

function queryOf({ query, parameters }: ImportedOperation, input: JsonObject): string {
  const constant = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  )
  const given = valuesIn('query', parameters, input).flatMap(([parameter, value]) => queryPairs(parameter, value))
  const pairs = [...constant, ...given]
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function headersOf({ parameters }: ImportedOperation, input: JsonObject): Record<string, string> {
  const headers = valuesIn('header', parameters, input).map(([parameter, value]) => [
    parameter.name.toLowerCase(),
    headerValue(parameter, value),
  ])
  const cookies = valuesIn('cookie', parameters, input).map(
    ([parameter, value]) => `${parameter.name}=${encodeURIComponent(headerValue(parameter, value))}`,
  )
  return { ...Object.fromEntries(headers), ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }) }
}

function valuesIn(
  place: ImportedOperation['parameters'][number]['in'],
  parameters: ImportedOperation['parameters'],
  input: JsonObject,
) {
  return parameters.flatMap((parameter) => {
    const value: JsonValue | undefined = parameter.in === place ? own(input, parameter.field) : undefined
    return value === undefined || value === null ? [] : [[parameter, value] as const]
  })
}

function idempotencyOf({ idempotency }: ImportedOperation, { idempotencyKey }: CallContext): Record<string, string> {
  if (idempotency === undefined || idempotencyKey === undefined) return {}
  return { [idempotency.header]: idempotency.form === 'uuid' ? toUuid(idempotencyKey) : idempotencyKey }
}

/** The same UUID for the same key, for services that take nothing longer. */
function toUuid(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
