import { action, z } from '@inlay/sdk/connector'
import { databaseField, databaseOptions, propertiesField, propertiesSchema, typesOf } from '../data-source.js'
import { markdownToBlocks } from '../markdown-blocks.js'
import { notion } from '../notion-api.js'
import { idOf, notionPage, pageSchema, samplePage, toPage } from '../page.js'
import { appendBlocks, MAX_BLOCKS } from '../page-content.js'
import { writeProperties } from '../property-values.js'

/** Adds a page to a database. */
export const createPage = action({
  name: 'Create a page in a database',
  description: 'Adds a page to a database, with its properties and what is written on it.',
  input: z.strictObject({
    database: databaseField,
    properties: propertiesField,
    content: z.string().optional().meta({ title: 'Content', format: 'multiline', description: 'In Markdown.' }),
    icon: z
      .string()
      .optional()
      .meta({ title: 'Icon', description: 'One emoji.', examples: ['🥬'] }),
  }),
  output: pageSchema,
  sampleInput: { database: '1a44be12-0953-4631-b498-9e5817518db8', properties: { Name: 'Tuscan kale' } },
  sampleOutput: samplePage,
  options: { database: databaseOptions },
  schemas: { properties: propertiesSchema },
  // Notion knows no idempotency key: repeating after a crash would add a second page.
  delivery: 'at-most-once',
  run: async (context) => {
    const { database, properties, content = '', icon } = context.input
    const blocks = markdownToBlocks(content)
    const page = await notion.call(context, {
      method: 'POST',
      url: '/v1/pages',
      json: {
        parent: { type: 'data_source_id', data_source_id: idOf(database) },
        properties: writeProperties(properties, await typesOf(context, database)),
        children: blocks.length === 0 ? undefined : blocks.slice(0, MAX_BLOCKS),
        icon: icon === undefined ? undefined : { type: 'emoji', emoji: icon },
      },
      answer: notionPage,
    })
    await appendBlocks(context, page.id, blocks.slice(MAX_BLOCKS))
    return toPage(page)
  },
})
