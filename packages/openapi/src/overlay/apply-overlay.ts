import { type JsonObject, type JsonValue, UserError } from '@inlay/engine'
import { isObject, listOr, own, textOr } from '../json.js'
import type { Notes } from '../notes.js'
import { type Place, placesOf } from './json-path.js'

/**
 * A document with what an overlay (OpenAPI Overlay 1.0) says: objects are merged, lists get further items, other values
 * are replaced, and `remove` takes out. The document given stays as it is.
 *
 * @throws UserError `openapi.bad_overlay` for anything that is no overlay
 */
export function applyOverlay(document: JsonObject, overlay: JsonObject, notes: Notes): JsonObject {
  if (!/^1\.\d/.test(textOr(overlay['overlay']) ?? '')) {
    throw new UserError('invalid', 'openapi.bad_overlay', 'This is not an OpenAPI Overlay 1.0 document.', {
      detail: 'It begins with `overlay: 1.0.0` and has `actions`.',
    })
  }
  let changed = document
  listOr(overlay['actions']).forEach((action, index) => {
    if (isObject(action)) changed = applyAction(changed, action, { index, notes })
  })
  return changed
}

function applyAction(
  document: JsonObject,
  action: JsonObject,
  at: { readonly index: number; readonly notes: Notes },
): JsonObject {
  const target = textOr(action['target']) ?? ''
  const places = placesOf(document, target)
  if (places.length === 0) at.notes.add('advice', '', `The overlay's action ${at.index} finds nothing at "${target}".`)
  const { update } = action
  let changed: JsonValue = document
  // From the last to the first: taking out an item of a list moves those after it.
  for (const place of places.toReversed()) {
    if (action['remove'] === true) changed = edit(changed, place, () => undefined)
    else if (update !== undefined) changed = edit(changed, place, (value) => merge(value, update))
  }
  return isObject(changed) ? changed : {}
}

function edit(value: JsonValue, [key, ...rest]: Place, change: (value: JsonValue) => JsonValue | undefined): JsonValue {
  if (key === undefined) return change(value) ?? {}
  if (Array.isArray(value)) {
    return value.flatMap((item: JsonValue, index) => {
      if (index !== key) return [item]
      const changed = rest.length === 0 ? change(item) : edit(item, rest, change)
      return changed === undefined ? [] : [changed]
    })
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      if (name !== key) return [[name, member] as const]
      const changed = rest.length === 0 ? change(member) : edit(member, rest, change)
      return changed === undefined ? [] : [[name, changed] as const]
    }),
  )
}

function merge(value: JsonValue, update: JsonValue): JsonValue {
  if (Array.isArray(value)) return [...value, ...(Array.isArray(update) ? update : [update])]
  if (!isObject(value) || !isObject(update)) return update
  const merged = Object.entries(update).map(([key, member]) => {
    const before = own(value, key)
    return [key, before === undefined ? member : merge(before, member)] as const
  })
  return { ...value, ...Object.fromEntries(merged) }
}
