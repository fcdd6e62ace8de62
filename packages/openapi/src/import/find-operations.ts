import { memberAt, members, type Source } from '../document/source.js'
import { isObject, pointerKey } from '../json.js'
import type { Notes } from '../notes.js'
import type { FoundOperation } from './context.js'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** All operations of a document, in its order. */
export function findOperations(source: Source, notes: Notes, maxOperations: number): FoundOperation[] {
  const paths = memberAt({ value: source.document, pointer: '' }, 'paths')
  const found = members(source, paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): FoundOperation[] => {
      const operation = item.value[method]
      if (!isObject(operation)) return []
      const pointer = `/paths/${pointerKey(path)}/${method}`
      return [{ key: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, operation, pointer, item }]
    }),
  )
  if (found.length > maxOperations) {
    notes.add(
      'left_out',
      '/paths',
      `Only the first ${maxOperations} of ${found.length} operations are imported; raise \`maxOperations\` for more.`,
    )
  }
  return found.slice(0, maxOperations)
}
