import { action, z } from '@inlay/sdk/connector'
import { blocksToMarkdown } from '../block-markdown.js'
import { notion } from '../notion-api.js'
import { notionPage, pageField, pagePath, pageSchema, samplePage, toPage } from '../page.js'
import { readContent } from '../page-content.js'
import { pageOptions } from '../page-options.js'

/** Reads a page. */
export const getPage = action({
  name: 'Get a page',
  description: 'Reads a page: its properties, and what is written on it as Markdown.',
  input: z.strictObject({
    page: pageField,
    withContent: z.boolean().default(true).meta({ title: 'With what is written on it' }),
  }),
  output: pageSchema.extend({
    content: z.string().nullable().meta({ title: 'Content', description: 'In Markdown; three levels of lists deep.' }),
  }),
  sampleInput: { page: samplePage.id },
  sampleOutput: { ...samplePage, content: '## Today\n- [ ] Call the supplier' },
  options: { page: pageOptions },
  run: async (context) => {
    const { page, withContent } = context.input
    const read = await notion.call(context, { url: pagePath(page), answer: notionPage })
    const content = withContent ? blocksToMarkdown(await readContent(context, read.id)) : null
    return { ...toPage(read), content }
  },
})
