import { z } from '@inlay/sdk/connector'
import { markdownOf, richTextSchema } from './rich-text.js'

/** A block as Notion gives it: what it holds stands under the name of its type. */
export const blockSchema = z.looseObject({ id: z.string(), type: z.string(), has_children: z.boolean().default(false) })

/** A block with what lies within it. */
export interface BlockTree {
  readonly block: z.infer<typeof blockSchema>
  readonly children: readonly BlockTree[]
}

const textHolder = z.object({
  rich_text: richTextSchema.default([]),
  checked: z.boolean().optional(),
  language: z.string().optional(),
})
const fileHolder = z.object({
  external: z.object({ url: z.string() }).optional(),
  file: z.object({ url: z.string() }).optional(),
  url: z.string().optional(),
})
const titleHolder = z.object({ title: z.string() })
const rowHolder = z.object({ cells: z.array(richTextSchema) })

const PREFIX: Readonly<Record<string, string>> = {
  heading_1: '# ',
  heading_2: '## ',
  heading_3: '### ',
  bulleted_list_item: '- ',
  numbered_list_item: '1. ',
  toggle: '- ',
  quote: '> ',
  callout: '> ',
}

/** Markdown of blocks; kinds that Markdown has no word for are left out. */
export function blocksToMarkdown(blocks: readonly BlockTree[], indent = ''): string {
  return blocks
    .flatMap(({ block, children }) => {
      const own = markdownOfBlock(block)
      const inner = children.length === 0 ? [] : [blocksToMarkdown(children, innerIndent(block.type, indent))]
      return [...(own === undefined ? [] : [indented(own, indent)]), ...inner]
    })
    .join('\n')
}

function innerIndent(type: string, indent: string): string {
  return type.endsWith('_list_item') || type === 'to_do' || type === 'toggle' ? `${indent}  ` : indent
}

function indented(text: string, indent: string): string {
  return indent === '' ? text : text.replace(/^/gm, indent)
}

function markdownOfBlock(block: BlockTree['block']): string | undefined {
  const { type } = block
  const held = block[type]
  if (type === 'divider') return '---'
  if (type === 'child_page' || type === 'child_database') return titleHolder.safeParse(held).data?.title
  if (type === 'table_row') return rowHolder.safeParse(held).data?.cells.map(markdownOf).join(' | ')
  const { data: file } = fileHolder.safeParse(held)
  const url = file?.external?.url ?? file?.file?.url ?? file?.url
  if (url !== undefined) return type === 'image' ? `![](${url})` : url
  const { data } = textHolder.safeParse(held)
  if (data === undefined) return undefined
  const text = markdownOf(data.rich_text)
  if (type === 'to_do') return `- [${data.checked ? 'x' : ' '}] ${text}`
  if (type === 'code') return `\`\`\`${data.language ?? ''}\n${text}\n\`\`\``
  return `${PREFIX[type] ?? ''}${text}`
}
