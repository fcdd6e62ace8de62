// Reading templates: what of a text is literal, and what is data or an expression. Mirrors how the engine splits them.

/** A place that an expression reads: `['steps', 'order', 'output', 'id']`. Numbers are list indices. */
export type DataPath = readonly [root: string, ...rest: (string | number)[]]

export type TemplateToken =
  | { readonly kind: 'text'; readonly text: string }
  /** An expression that only reads a place. */
  | { readonly kind: 'data'; readonly path: DataPath; readonly source: string }
  | { readonly kind: 'expression'; readonly source: string }

/** Splits a text at its `{{ … }}`. */
export function splitTemplate(text: string): readonly TemplateToken[] {
  const tokens: TemplateToken[] = []
  let position = 0
  while (position < text.length) {
    const open = text.indexOf('{{', position)
    const close = open < 0 ? -1 : closingBraces(text, open + 2)
    if (close < 0) break
    if (open > position) tokens.push({ kind: 'text', text: text.slice(position, open) })
    tokens.push(readExpression(text.slice(open + 2, close).trim()))
    position = close + 2
  }
  if (position < text.length) tokens.push({ kind: 'text', text: text.slice(position) })
  return tokens
}

/** Whether a text holds an expression. */
export function isTemplate(text: string): boolean {
  return text.includes('{{')
}

function readExpression(source: string): TemplateToken {
  const path = parsePath(source)
  return path === undefined ? { kind: 'expression', source } : { kind: 'data', path, source }
}

const ROOTS: ReadonlySet<string> = new Set(['trigger', 'steps', 'item', 'index', 'vars', 'run', 'customer', 'tenant'])
const PART = /^(?:\??\.([A-Za-z_$][\w$]*)|(?:\?\.)?\[(\d+)\]|(?:\?\.)?\[('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\])/

/** The place that an expression reads, when it does nothing else. */
export function parsePath(source: string): DataPath | undefined {
  const root = /^[a-z]+/.exec(source)?.[0] ?? ''
  if (!ROOTS.has(root)) return undefined
  const path: [string, ...(string | number)[]] = [root]
  let rest = source.slice(root.length)
  while (rest !== '') {
    const match = PART.exec(rest)
    if (match === null) return undefined
    const [whole, name, index, quoted] = match
    if (name !== undefined) path.push(name)
    else if (index !== undefined) path.push(Number(index))
    else path.push(unquote(quoted ?? ''))
    rest = rest.slice(whole.length)
  }
  return path
}

/** The expression that reads a place. */
export function pathSource([root, ...rest]: DataPath): string {
  return rest.reduce<string>((source, part) => {
    if (typeof part === 'number') return `${source}[${part}]`
    return /^[A-Za-z_$][\w$]*$/.test(part) ? `${source}.${part}` : `${source}[${JSON.stringify(part)}]`
  }, root)
}

/** A place as it stands in a text: `{{ steps.order.output.id }}`. */
export function pathTemplate(path: DataPath): string {
  return `{{ ${pathSource(path)} }}`
}

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, '$1')
}

const QUOTES: ReadonlySet<string> = new Set(['"', "'", '`'])

/** Where the `}}` of an expression is: outside strings, and outside the braces of objects. */
function closingBraces(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? ''
    if (QUOTES.has(character)) {
      const end = closingQuote(text, at)
      if (end < 0) return text.indexOf('}}', start)
      at = end
    } else if (character === '{') depth += 1
    else if (character === '}' && depth > 0) depth -= 1
    else if (character === '}' && text[at + 1] === '}') return at
  }
  return -1
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1
    else if (text[at] === text[open]) return at
  }
  return -1
}
