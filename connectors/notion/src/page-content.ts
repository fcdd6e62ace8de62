import { type ActionContext, collectPages, z } from '@inlay/sdk/connector'
import { type BlockTree, blockSchema } from './block-markdown.js'
import { markdownToBlocks } from './markdown-blocks.js'
import { listFields, nextCursor, notion } from './notion-api.js'

/** How many blocks one request may carry. */
export const MAX_BLOCKS = 100
/** How deep blocks within blocks are read: each level costs requests. */
const MAX_DEPTH = 3
const MAX_READ = 1000

const children = z.object({ results: z.array(blockSchema), ...listFields })

function childrenPath(id: string): string {
  return `/v1/blocks/${encodeURIComponent(id)}/children`
}

/** What is written on a page or within a block. */
export async function readContent(context: ActionContext, id: string, depth = 1): Promise<BlockTree[]> {
  const read = async (cursor: string) => {
    const query = { page_size: 100, start_cursor: cursor === '' ? undefined : cursor }
    const list = await notion.call(context, { url: childrenPath(id), query, answer: children })
    return { items: list.results, next: nextCursor(list) }
  }
  const trees: BlockTree[] = []
  for (const block of await collectPages(read, '', { maxItems: MAX_READ })) {
    // Pages within the page are pages of their own.
    const isOpened = block.has_children && depth < MAX_DEPTH && !block.type.startsWith('child_')
    trees.push({ block, children: isOpened ? await readContent(context, block.id, depth + 1) : [] })
  }
  return trees
}

/** Writes Markdown at the end of a page or block, in as many requests as it takes. Resolves to the number of blocks. */
export async function appendMarkdown(context: ActionContext, id: string, markdown: string): Promise<number> {
  return appendBlocks(context, id, markdownToBlocks(markdown))
}

/** As `appendMarkdown`, of blocks. */
export async function appendBlocks(
  context: ActionContext,
  id: string,
  blocks: ReturnType<typeof markdownToBlocks>,
): Promise<number> {
  for (let at = 0; at < blocks.length; at += MAX_BLOCKS) {
    const json = { children: blocks.slice(at, at + MAX_BLOCKS) }
    await notion.call(context, {
      method: 'PATCH',
      url: childrenPath(id),
      json,
      answer: z.object({ results: z.array(z.unknown()) }),
    })
  }
  return blocks.length
}
