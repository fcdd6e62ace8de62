import type { JsonObject } from '@inlay/engine'
import { memberId, nameOfId } from '../import/names.js'
import type { ImportedWebhook } from '../imported-connector.js'
import { objectOr, textOr } from '../json.js'
import { type ExtensionContext, pathOf } from './extension-context.js'

const WEBHOOK_ADVICE =
  'A webhook becomes a trigger when an overlay says how it is verified, registered and unregistered (`x-inlay-trigger`).'

/** A trigger that the service calls; undefined, with a note, when it is not said how that is arranged. */
export function readWebhook(name: string, item: JsonObject, context: ExtensionContext): ImportedWebhook | undefined {
  const operation = objectOr(item['post'] ?? item['put'])
  const given = objectOr(operation['x-inlay-trigger'] ?? item['x-inlay-trigger'])
  const verify = verificationOf(objectOr(given['verify']))
  const register = objectOr(given['register'])
  const unregister = objectOr(given['unregister'])
  const registerBy = context.byName.get(textOr(register['operation']) ?? '')
  const unregisterBy = context.byName.get(textOr(unregister['operation']) ?? '')
  if (verify === undefined || registerBy === undefined || unregisterBy === undefined) {
    context.notes.add('left_out', `/webhooks/${name}`, WEBHOOK_ADVICE)
    return undefined
  }
  const title = textOr(given['name']) ?? textOr(operation['summary']) ?? nameOfId(memberId(name))
  return {
    kind: 'webhook',
    id: memberId(name),
    name: title,
    description: textOr(operation['description']) ?? title,
    output: {},
    sampleOutput: given['sample'] ?? {},
    idPath: pathOf(given['id']) ?? ['id'],
    verify,
    register: {
      operation: registerBy.id,
      input: objectOr(register['input']),
      idPath: pathOf(register['id']) ?? ['id'],
    },
    unregister: { operation: unregisterBy.id, field: textOr(unregister['field']) ?? 'id' },
  }
}

function verificationOf(verify: JsonObject): ImportedWebhook['verify'] | undefined {
  const header = textOr(verify['header'])
  const timestampHeader = textOr(verify['timestampHeader'])?.toLowerCase()
  if (header === undefined) return undefined
  return {
    header: header.toLowerCase(),
    algorithm: (['sha1', 'sha256', 'sha512'] as const).find((one) => one === verify['algorithm']) ?? 'sha256',
    encoding: (['hex', 'base64', 'base64url'] as const).find((one) => one === verify['encoding']) ?? 'hex',
    prefix: textOr(verify['prefix']) ?? '',
    ...(timestampHeader === undefined ? {} : { timestampHeader }),
  }
}
