import { action, z } from '@inlay/sdk/connector'
import { notion } from '../notion-api.js'
import { notionPage, pageField, pagePath, pageSchema, samplePage, toPage } from '../page.js'

/** Puts a page into the trash, or takes it out. */
export const trashPage = action({
  name: 'Delete or restore a page',
  description: 'Puts a page into the trash, from which people can restore it; or takes it out again.',
  input: z.strictObject({
    page: pageField,
    restore: z.boolean().default(false).meta({ title: 'Restore it instead' }),
  }),
  output: pageSchema,
  sampleInput: { page: samplePage.id },
  sampleOutput: { ...samplePage, in_trash: true },
  run: async (context) => {
    const { page, restore } = context.input
    const json = { in_trash: !restore }
    return toPage(await notion.call(context, { method: 'PATCH', url: pagePath(page), json, answer: notionPage }))
  },
})
