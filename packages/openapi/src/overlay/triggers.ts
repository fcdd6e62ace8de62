import type { JsonObject } from '@inlay/engine'
import type { FoundOperation } from '../import/context.js'
import type { ImportedTrigger } from '../imported-connector.js'
import { isObject, objectOr } from '../json.js'
import type { ExtensionContext } from './extension-context.js'
import { readPolling } from './polling-trigger.js'
import { readWebhook } from './webhook-trigger.js'

/** Triggers from `x-inlay-trigger` of operations that list, and of `webhooks` that say how they are verified. */
export function readTriggers(
  document: JsonObject,
  found: readonly FoundOperation[],
  context: ExtensionContext,
): ImportedTrigger[] {
  const polling = found.flatMap((one) => {
    const given = one.operation['x-inlay-trigger']
    const list = given === undefined ? [] : Array.isArray(given) ? given : [given]
    return list.filter(isObject).flatMap((trigger) => readPolling(one, trigger, context) ?? [])
  })
  const hooks = Object.entries(objectOr(document['webhooks'])).flatMap(
    ([name, item]) => readWebhook(name, objectOr(item), context) ?? [],
  )
  const ids = new Set<string>()
  return [...polling, ...hooks].filter(({ id }) => {
    if (!ids.has(id)) return ids.add(id)
    context.notes.add('left_out', '', `Two triggers have the id "${id}".`)
    return false
  })
}
