/** HTML as text and text as HTML; every pattern here is linear in the length of its text. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that HTML shows as it is, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/** Elements whose content is not shown. */
const HIDDEN = ['script', 'style', 'head', 'title'] as const

/** What a browser would show, roughly: line breaks where blocks end, no tags, no scripts, entities read. */
export function plainText(html: string): string {
  let visible = html
  for (const name of HIDDEN) visible = withoutElement(visible, name)
  const text = withoutComments(visible)
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^<>]*>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
  return decodeEntities(text).trim()
}

function withoutComments(html: string): string {
  return html
    .split('<!--')
    .map((part, index) => {
      const end = part.indexOf('-->')
      return index === 0 || end < 0 ? part : part.slice(end + 3)
    })
    .join('')
}

function withoutElement(html: string, name: string): string {
  const edge = new RegExp(`<(/?)${name}\\b[^<>]*>?`, 'gi')
  let result = ''
  let position = 0
  let isInside = false
  for (const { 0: tag, 1: slash, index } of html.matchAll(edge)) {
    const closes = slash !== ''
    if (closes !== isInside) continue
    if (closes) position = index + tag.length
    else result += html.slice(position, index)
    isInside = !closes
  }
  return isInside ? result : result + html.slice(position)
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  euro: '€',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
}

/** Each entity once, so that `&amp;lt;` gives `&lt;`. */
function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{1,8}));/g, (entity, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? entity) : entity
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    const isScalar = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
    return isScalar ? String.fromCodePoint(code) : entity
  })
}
