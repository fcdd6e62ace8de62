import { CONNECTOR_CATEGORIES, type JsonObject } from '@inlay/engine'
import type { ImportedConnector } from '../imported-connector.js'
import { listOr, objectOr, textOr } from '../json.js'
import type { Notes } from '../notes.js'

/** How the connector looks, from `x-inlay-connector` at the top of the document. */
export function readLooks(
  document: JsonObject,
  notes: Notes,
): Partial<Pick<ImportedConnector, 'icon' | 'color' | 'docs' | 'categories' | 'name' | 'description'>> {
  const given = objectOr(document['x-inlay-connector'])
  const icon = textOr(given['icon'])?.trim()
  const color = textOr(given['color'])?.toLowerCase()
  const categories = CONNECTOR_CATEGORIES.filter((category) => listOr(given['categories']).includes(category))
  const isSafeIcon =
    icon?.startsWith('<svg') === true && !/<script|\son\w+\s*=|javascript:|<foreignObject|href\s*=/i.test(icon)
  if (icon !== undefined && !isSafeIcon)
    notes.add('left_out', '/x-inlay-connector/icon', 'The icon is no plain inline SVG.')
  const texts = ['docs', 'name', 'description'].flatMap((key) => {
    const text = textOr(given[key])
    return text === undefined || text === '' ? [] : [[key, text] as const]
  })
  return {
    ...Object.fromEntries(texts),
    ...(isSafeIcon ? { icon } : {}),
    ...(color !== undefined && /^#[0-9a-f]{6}$/.test(color) ? { color } : {}),
    ...(categories.length === 0 ? {} : { categories }),
  }
}
