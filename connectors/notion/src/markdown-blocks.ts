import type { JsonInput } from '@inlay/sdk/connector'
import { markdownRichText, plainRichText } from './rich-text.js'

type Block = { readonly [key: string]: JsonInput }

/** A kind of line: how it begins, and the block that the rest of it becomes. */
const LINES: readonly { readonly start: RegExp; readonly toBlock: (match: RegExpExecArray) => Block }[] = [
  { start: /^(-{3,}|\*{3,})$/, toBlock: () => ({ type: 'divider', divider: {} }) },
  { start: /^# (.*)$/, toBlock: ([, text = '']) => block('heading_1', text) },
  { start: /^## (.*)$/, toBlock: ([, text = '']) => block('heading_2', text) },
  { start: /^#{3,6} (.*)$/, toBlock: ([, text = '']) => block('heading_3', text) },
  { start: /^\s*[-*] \[( |x|X)\] (.*)$/, toBlock: ([, mark, text = '']) => toDo(text, mark !== ' ') },
  { start: /^\s*[-*+] (.*)$/, toBlock: ([, text = '']) => block('bulleted_list_item', text) },
  { start: /^\s*\d+[.)] (.*)$/, toBlock: ([, text = '']) => block('numbered_list_item', text) },
  { start: /^> ?(.*)$/, toBlock: ([, text = '']) => block('quote', text) },
  { start: /^!\[[^\]]*\]\((https?:[^\s)]+)\)$/, toBlock: ([, url = '']) => image(url) },
]

const FENCE = /^```\s*([\w+#-]*)\s*$/

/** Languages that Notion knows by another name than people write. */
const LANGUAGES: Readonly<Record<string, string>> = {
  js: 'javascript',
  ts: 'typescript',
  py: 'python',
  sh: 'shell',
  yml: 'yaml',
  md: 'markdown',
  '': 'plain text',
}
const KNOWN_LANGUAGES = new Set(
  'bash c c++ c# css diff docker go graphql html java javascript json kotlin markdown php python ruby rust shell sql swift typescript xml yaml'.split(
    ' ',
  ),
)

/**
 * Blocks of a Markdown text: headings, paragraphs, lists, to-dos, quotes, code, images and dividers. Lists within lists
 * become flat; tables stay text.
 */
export function markdownToBlocks(markdown: string): Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  let code: { readonly language: string; readonly lines: string[] } | undefined
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push(block('paragraph', paragraph.join('\n')))
    paragraph = []
  }
  for (const line of markdown.split(/\r?\n/)) {
    const fence = FENCE.exec(line)
    if (code !== undefined) {
      if (fence === null) code.lines.push(line)
      else {
        blocks.push(codeBlock(code))
        code = undefined
      }
      continue
    }
    const single = fence === null ? lineBlock(line) : undefined
    if (fence === null && single === undefined && line.trim() !== '') paragraph.push(line)
    else endParagraph()
    if (single !== undefined) blocks.push(single)
    if (fence !== null) code = { language: fence[1] ?? '', lines: [] }
  }
  endParagraph()
  // A fence that nobody closed ends with the text.
  if (code !== undefined) blocks.push(codeBlock(code))
  return blocks
}

function lineBlock(line: string): Block | undefined {
  for (const { start, toBlock } of LINES) {
    const match = start.exec(line)
    if (match !== null) return toBlock(match)
  }
  return undefined
}

function block(type: string, text: string): Block {
  return { type, [type]: { rich_text: markdownRichText(text) } }
}

function toDo(text: string, checked: boolean): Block {
  return { type: 'to_do', to_do: { rich_text: markdownRichText(text), checked } }
}

function image(url: string): Block {
  return { type: 'image', image: { type: 'external', external: { url } } }
}

function codeBlock({ language, lines }: { readonly language: string; readonly lines: readonly string[] }): Block {
  const named = LANGUAGES[language.toLowerCase()] ?? language.toLowerCase()
  // Notion refuses the whole request for a language that it does not know.
  const known = KNOWN_LANGUAGES.has(named) ? named : 'plain text'
  return { type: 'code', code: { rich_text: plainRichText(lines.join('\n')), language: known } }
}
