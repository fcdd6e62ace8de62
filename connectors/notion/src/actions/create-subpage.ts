import { action, z } from '@inlay/sdk/connector'
import { markdownToBlocks } from '../markdown-blocks.js'
import { notion } from '../notion-api.js'
import { idOf, notionPage, pageField, pageSchema, samplePage, toPage } from '../page.js'
import { appendBlocks, MAX_BLOCKS } from '../page-content.js'
import { pageOptions } from '../page-options.js'
import { plainRichText } from '../rich-text.js'

/** Makes a page within a page. */
export const createSubpage = action({
  name: 'Create a page within a page',
  description: 'Makes a page below another page that is not in a database.',
  input: z.strictObject({
    parent: pageField.meta({ title: 'Below the page' }),
    title: z
      .string()
      .min(1)
      .max(2000)
      .meta({ title: 'Title', examples: ['Notes of the week'] }),
    content: z.string().optional().meta({ title: 'Content', format: 'multiline', description: 'In Markdown.' }),
  }),
  output: pageSchema,
  sampleInput: { parent: samplePage.id, title: 'Notes of the week', content: '# Monday\n- [ ] Call the supplier' },
  sampleOutput: { ...samplePage, title: 'Notes of the week', properties: { title: 'Notes of the week' } },
  options: { parent: pageOptions },
  delivery: 'at-most-once',
  run: async (context) => {
    const { parent, title, content = '' } = context.input
    const blocks = markdownToBlocks(content)
    const page = await notion.call(context, {
      method: 'POST',
      url: '/v1/pages',
      json: {
        parent: { type: 'page_id', page_id: idOf(parent) },
        properties: { title: { title: plainRichText(title) } },
        children: blocks.length === 0 ? undefined : blocks.slice(0, MAX_BLOCKS),
      },
      answer: notionPage,
    })
    await appendBlocks(context, page.id, blocks.slice(MAX_BLOCKS))
    return toPage(page)
  },
})
