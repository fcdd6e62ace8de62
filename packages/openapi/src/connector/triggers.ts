import { type ConnectorTrigger, type JsonObject, type JsonValue, StepError } from '@inlay/engine'
import {
  cursorTime,
  isHmacValid,
  isRecent,
  newById,
  newByTime,
  pollingTrigger,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import type {
  ImportedConnector,
  ImportedOperation,
  ImportedPolling,
  ImportedTrigger,
  ImportedWebhook,
} from '../imported-connector.js'
import { isObject, listOr, objectOr, own, valueAt } from '../json.js'
import { standalone } from '../schema/node.js'
import { schemaType } from '../schema/schema-type.js'
import { callOperation } from './paging.js'
import { scalar } from './serialize.js'

/** A trigger that an overlay has described. */
export function importedTrigger(trigger: ImportedTrigger, imported: ImportedConnector): ConnectorTrigger {
  return trigger.kind === 'polling' ? polling(trigger, imported) : webhook(trigger, imported)
}

function operationOf(id: string, { operations }: ImportedConnector): ImportedOperation {
  const operation = operations.find((one) => one.id === id)
  if (operation === undefined) throw new StepError('bug', `The trigger needs the operation "${id}", which is not there`)
  return operation
}

const MAX_ITEMS = 200

function polling(trigger: ImportedPolling, imported: ImportedConnector): ConnectorTrigger {
  const operation = operationOf(trigger.operation, imported)
  return pollingTrigger({
    name: trigger.name,
    description: trigger.description,
    input: schemaType(standalone(trigger.input, imported.definitions)),
    output: schemaType(standalone(trigger.output, imported.definitions)),
    sampleOutput: trigger.sampleOutput,
    scopes: operation.scopes,
    options: {},
    ...(trigger.intervalMs === undefined ? {} : { intervalMs: trigger.intervalMs }),
    poll: async (context) => {
      const input = {
        ...objectOr(context.input),
        ...trigger.fixedInput,
        ...sinceOf(trigger, context.cursor),
        ...allPages(trigger, operation),
      }
      const output = await callOperation({ service: imported.name, operation, input, context })
      return found(trigger, listOr(valueAt(output, trigger.items)), context.cursor)
    },
  })
}

function found({ idPath, timePath, isNewestFirst }: ImportedPolling, items: readonly JsonValue[], cursor: JsonValue) {
  const idOf = (item: JsonValue): string => {
    const id = valueAt(item, idPath)
    if (typeof id === 'string' || typeof id === 'number') return String(id)
    throw new StepError('communication', 'The service gave an item without its id', {
      detail: `There is nothing at /${idPath.join('/')}.`,
      retryable: false,
    })
  }
  if (timePath === undefined) return newById(items, { cursor, idOf, isNewestFirst })
  const timeOf = (item: JsonValue): string | number => {
    const time = valueAt(item, timePath)
    // Seconds of Unix have ten digits until the year 2286.
    if (typeof time === 'number') return time < 100_000_000_000 ? time * 1000 : time
    return typeof time === 'string' ? time : ''
  }
  return newByTime(items, { cursor, idOf, timeOf })
}

function sinceOf({ sinceField, sinceForm }: ImportedPolling, cursor: JsonValue): JsonObject {
  const since = sinceField === undefined ? undefined : cursorTime(cursor)
  if (sinceField === undefined || since === undefined) return {}
  if (sinceForm === 'iso') return { [sinceField]: new Date(since).toISOString() }
  return { [sinceField]: sinceForm === 'seconds' ? Math.floor(since / 1000) : since }
}

/** A list that can be asked for what is new is read to its end; any other only as far as one page. */
function allPages({ sinceField }: ImportedPolling, { paging }: ImportedOperation): JsonObject {
  if (sinceField === undefined || paging === undefined) return {}
  return { [paging.allField]: true, [paging.maxField]: MAX_ITEMS }
}

function webhook(trigger: ImportedWebhook, imported: ImportedConnector): ConnectorTrigger {
  const register = operationOf(trigger.register.operation, imported)
  const unregister = operationOf(trigger.unregister.operation, imported)
  const { header, algorithm, encoding, prefix, timestampHeader } = trigger.verify
  return webhookTrigger({
    name: trigger.name,
    description: trigger.description,
    input: z.strictObject({}),
    output: schemaType(standalone(trigger.output, imported.definitions)),
    sampleOutput: trigger.sampleOutput,
    scopes: [...new Set([...register.scopes, ...unregister.scopes])],
    register: async (context) => {
      const input = objectOr(filled(trigger.register.input, { webhookUrl: context.webhookUrl, secret: context.secret }))
      const output = await callOperation({ service: imported.name, operation: register, input, context })
      const id = valueAt(output, trigger.register.idPath)
      return { id: id ?? null }
    },
    unregister: async (context) => {
      const id = own(context.registration, 'id')
      if (id === undefined || id === null) return
      await callOperation({
        service: imported.name,
        operation: unregister,
        input: { [trigger.unregister.field]: id },
        context,
      })
    },
    verify: ({ request, secret, now }) => {
      const given = request.headers[header]
      const sentAt = timestampHeader === undefined ? undefined : request.headers[timestampHeader]
      if (timestampHeader !== undefined && !isRecent({ sentAtMs: Number(sentAt ?? Number.NaN) * 1000, now }))
        return false
      const content =
        sentAt === undefined ? request.rawBody : Buffer.concat([Buffer.from(`${sentAt}.`), request.rawBody])
      const signature = given?.startsWith(prefix) === true ? given.slice(prefix.length) : undefined
      return isHmacValid({ secret, content, signature, algorithm, encoding })
    },
    parse: ({ request }) => {
      const id = valueAt(request.body, trigger.idPath)
      return id === undefined || id === null ? [] : [{ id: scalar(id), data: request.body }]
    },
  })
}

/** The texts of a value with `{webhookUrl}` and `{secret}` in them replaced. */
function filled(value: JsonValue, words: Readonly<Record<string, string>>): JsonValue {
  if (typeof value === 'string')
    return value.replace(/\{(webhookUrl|secret)\}/g, (_, word: string) => words[word] ?? '')
  if (Array.isArray(value)) return value.map((item) => filled(item, words))
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filled(member, words)]))
    : value
}
