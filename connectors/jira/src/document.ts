import { type JsonInput, jsonValue, z } from '@inlay/sdk/connector'

/** A text as Atlassian Document Format: empty lines end paragraphs, other line ends stay. */
export function textDocument(text: string): JsonInput {
  const paragraphs = text.split(/\r?\n\s*\r?\n/).filter((paragraph) => paragraph.trim() !== '')
  return { type: 'doc', version: 1, content: paragraphs.map(paragraphOf) }
}

function paragraphOf(text: string): JsonInput {
  const content = text.split(/\r?\n/).flatMap((line, index): JsonInput[] => [
    ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
    // Texts must not be empty in this format.
    ...(line === '' ? [] : [{ type: 'text', text: line }]),
  ])
  return { type: 'paragraph', content }
}

const node = z.object({
  type: z.string(),
  text: z.string().optional(),
  attrs: z.record(z.string(), jsonValue).optional(),
  content: z.array(z.unknown()).optional(),
})

/** Kinds of nodes after which a line ends. */
const BLOCKS = new Set(['paragraph', 'heading', 'codeBlock', 'listItem', 'blockquote', 'rule', 'tableRow', 'panel'])

/** The text of a document in Atlassian Document Format; of what is text already, the text itself. */
export function documentText(document: unknown): string | null {
  if (typeof document === 'string') return document
  return document === null || document === undefined
    ? null
    : textOf(document)
        .replace(/\n{2,}/g, '\n')
        .trim()
}

function textOf(given: unknown): string {
  const { data } = node.safeParse(given)
  if (data === undefined) return ''
  if (data.text !== undefined) return data.text
  if (data.type === 'hardBreak') return '\n'
  const { text, url, shortName } = data.attrs ?? {}
  // Mentions, dates and links that are shown as cards hold their text here.
  const own = [text, url, shortName].find((value) => typeof value === 'string')
  const inner = (data.content ?? []).map(textOf).join('')
  const all = inner === '' && typeof own === 'string' ? own : inner
  return BLOCKS.has(data.type) ? `${all}\n` : all
}
