import { type JsonInput, z } from '@inlay/sdk/connector'

/** Longest text of one piece of rich text, in UTF-16 units. */
const MAX_CONTENT = 2000

/** Text with marks as Notion gives it, as far as Markdown has a word for it. */
export const richTextSchema = z.array(
  z.object({
    plain_text: z.string(),
    href: z.string().nullish(),
    annotations: z
      .object({ bold: z.boolean(), italic: z.boolean(), strikethrough: z.boolean(), code: z.boolean() })
      .partial()
      .optional(),
  }),
)

type RichText = z.infer<typeof richTextSchema>
type Annotations = NonNullable<RichText[number]['annotations']>

/** Rich text without marks. */
export function plainRichText(text: string): JsonInput[] {
  return piecesOf(text).map((content) => ({ type: 'text', text: { content } }))
}

/** One mark of Markdown: code, bold, struck through, italic, a link. Marks within marks stay as they are written. */
const MARK =
  /`([^`]+)`|\*\*(.+?)\*\*|~~(.+?)~~|\*([^\s*][^*]*?)\*|(?<![\w])_([^_]+)_(?![\w])|\[([^\]]+)\]\((https?:[^\s)]+)\)/g

/** Rich text of one line of Markdown. */
export function markdownRichText(line: string): JsonInput[] {
  const pieces: JsonInput[] = []
  let at = 0
  for (const found of line.matchAll(MARK)) {
    const [all, code, bold, struck, star, underscore, label, url] = found
    pieces.push(...plainRichText(line.slice(at, found.index)))
    at = found.index + all.length
    const italic = star ?? underscore
    if (label !== undefined && url !== undefined) pieces.push({ type: 'text', text: { content: label, link: { url } } })
    else if (code !== undefined) pieces.push(...marked(code, { code: true }))
    else if (bold !== undefined) pieces.push(...marked(bold, { bold: true }))
    else if (struck !== undefined) pieces.push(...marked(struck, { strikethrough: true }))
    else if (italic !== undefined) pieces.push(...marked(italic, { italic: true }))
  }
  return [...pieces, ...plainRichText(line.slice(at))]
}

function marked(text: string, annotations: { readonly [mark: string]: boolean }): JsonInput[] {
  return piecesOf(text).map((content) => ({ type: 'text', text: { content }, annotations }))
}

function piecesOf(text: string): string[] {
  const count = Math.ceil(text.length / MAX_CONTENT)
  return Array.from({ length: count }, (_, index) => text.slice(index * MAX_CONTENT, (index + 1) * MAX_CONTENT))
}

/** The text alone. */
export function plainTextOf(text: RichText): string {
  return text.map(({ plain_text }) => plain_text).join('')
}

/** The text with its marks as Markdown. */
export function markdownOf(text: RichText): string {
  return text
    .map(({ plain_text, href, annotations = {} }) => {
      const marks = withMarks(plain_text, annotations)
      return href ? `[${marks}](${href})` : marks
    })
    .join('')
}

function withMarks(text: string, { bold, italic, strikethrough, code }: Annotations): string {
  if (text.trim() === '') return text
  if (code) return `\`${text}\``
  const struck = strikethrough ? `~~${text}~~` : text
  const slanted = italic ? `*${struck}*` : struck
  return bold ? `**${slanted}**` : slanted
}
