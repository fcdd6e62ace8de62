import { action, z } from '@inlay/sdk/connector'
import { idOf, pageField, samplePage } from '../page.js'
import { appendMarkdown } from '../page-content.js'
import { pageOptions } from '../page-options.js'

/** Writes at the end of a page. */
export const appendContent = action({
  name: 'Write on a page',
  description: 'Adds text at the end of a page: headings, lists, to-dos, quotes, code, images.',
  input: z.strictObject({
    page: pageField.meta({ title: 'Page or block', description: 'Its address or id.' }),
    content: z
      .string()
      .min(1)
      .meta({
        title: 'Content',
        format: 'multiline',
        description: 'In Markdown.',
        examples: ['## Today\n- [ ] Call the supplier'],
      }),
  }),
  output: z.object({ blocks: z.number().meta({ title: 'Blocks that were added' }) }),
  sampleInput: { page: samplePage.id, content: '## Today\n- [ ] Call the supplier' },
  sampleOutput: { blocks: 2 },
  options: { page: pageOptions },
  // Writing again would write it twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { page, content } = context.input
    return { blocks: await appendMarkdown(context, idOf(page), content) }
  },
})
