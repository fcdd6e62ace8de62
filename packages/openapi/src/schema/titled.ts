import { nameOfId } from '../import/names.js'
import { isObject } from '../json.js'
import type { SchemaNode } from './node.js'
import { SECRET_NAME } from './secrets.js'

/** Tokens that say where a list goes on are nobody's secret. */
const OF_PAGES = /page|next|cursor|continu|sync|start|skip/i

/** A field as forms show it: with a title, the document's or one made of its name, and hidden when it is a secret. */
export function titled(name: string, node: SchemaNode, direction: 'in' | 'out'): SchemaNode {
  const object = isObject(node) ? node : {}
  if (node === false) return node
  const isSecret =
    direction === 'in' &&
    object['type'] === 'string' &&
    SECRET_NAME.test(name) &&
    !OF_PAGES.test(name) &&
    object['enum'] === undefined
  return {
    ...(object['title'] === undefined ? { title: nameOfId(name) } : {}),
    ...object,
    ...(isSecret ? { format: 'password' } : {}),
  }
}
