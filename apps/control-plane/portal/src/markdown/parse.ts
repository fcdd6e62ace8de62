// The Markdown that docs of connectors are written in: headings, paragraphs, lists, code, quotes and links. Everything else,
// HTML above all, is text.

/** A block of a text. */
export type Block =
  | { readonly type: 'heading'; readonly level: number; readonly text: string }
  | { readonly type: 'paragraph' | 'quote'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'list'; readonly isOrdered: boolean; readonly items: readonly string[] }

/** A piece of a line. */
export type Inline =
  | { readonly type: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly href: string }

const ITEM = /^\s{0,3}([-*+]|\d{1,9}[.)])\s+(.*)$/

/** The blocks of a text. */
export function parseBlocks(markdown: string): readonly Block[] {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    const { block, next } = readBlock(lines, at)
    if (block !== undefined) blocks.push(block)
    at = next
  }
  return blocks
}

function readBlock(lines: readonly string[], at: number): { readonly block: Block | undefined; readonly next: number } {
  const line = lines[at] ?? ''
  if (line.trim() === '') return { block: undefined, next: at + 1 }
  if (line.startsWith('```')) return readCode(lines, at)
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line)
  if (heading !== null) {
    return { block: { type: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' }, next: at + 1 }
  }
  return ITEM.test(line) ? readList(lines, at) : readParagraph(lines, at)
}

function readCode(lines: readonly string[], at: number) {
  const end = lines.findIndex((line, index) => index > at && line.startsWith('```'))
  const last = end < 0 ? lines.length : end
  return { block: { type: 'code', text: lines.slice(at + 1, last).join('\n') } as const, next: last + 1 }
}

function readList(lines: readonly string[], at: number) {
  const items: string[] = []
  let next = at
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? ''
    const item = ITEM.exec(line)
    if (item !== null) items.push(item[2] ?? '')
    // A line that is set in goes on with the item before.
    else if (/^\s+\S/.test(line)) items.push(`${items.pop() ?? ''} ${line.trim()}`)
    else break
  }
  const isOrdered = /^\s*\d/.test(lines[at] ?? '')
  return { block: { type: 'list', isOrdered, items } as const, next }
}

function readParagraph(lines: readonly string[], at: number) {
  let next = at
  while (next < lines.length && !endsParagraph(lines[next] ?? '', next === at)) next += 1
  const own = lines.slice(at, next)
  const isQuote = own.every((line) => line.startsWith('>'))
  const text = own.map((line) => (isQuote ? line.slice(1) : line).trim()).join(' ')
  return { block: { type: isQuote ? 'quote' : 'paragraph', text } as const, next: Math.max(next, at + 1) }
}

function endsParagraph(line: string, isFirst: boolean): boolean {
  return line.trim() === '' || (!isFirst && (/^#{1,6}\s|^```/.test(line) || ITEM.test(line)))
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^()\s]+)\)|<(https?:\/\/[^>\s]+)>/g

/** The pieces of a line. Links lead to web pages and mailboxes only. */
export function parseInline(text: string): readonly Inline[] {
  const pieces: Inline[] = []
  let at = 0
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) pieces.push({ type: 'text', text: text.slice(at, match.index) })
    pieces.push(pieceOf(match))
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ type: 'text', text: text.slice(at) })
  return pieces
}

function pieceOf([whole, code, strong, emphasis, label, target, address]: RegExpExecArray): Inline {
  if (code !== undefined) return { type: 'code', text: code }
  if (strong !== undefined) return { type: 'strong', text: strong }
  if (emphasis !== undefined) return { type: 'emphasis', text: emphasis }
  const href = target ?? address
  const text = label ?? address ?? whole
  return href !== undefined && /^(https?:\/\/|mailto:)/i.test(href)
    ? { type: 'link', text, href }
    : { type: 'text', text }
}
