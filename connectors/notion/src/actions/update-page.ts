import { action, z } from '@inlay/sdk/connector'
import { databaseField, databaseOptions, propertiesField, propertiesSchema, typesOf } from '../data-source.js'
import { notion } from '../notion-api.js'
import { notionPage, pageField, pagePath, pageSchema, samplePage, toPage } from '../page.js'
import { writeProperties } from '../property-values.js'

/** Changes the properties of a page; what is not named stays. */
export const updatePage = action({
  name: 'Change a page',
  description: 'Changes properties of a page of a database. What is left out stays as it is.',
  input: z.strictObject({
    database: databaseField.meta({ title: 'Database', description: 'That the page is in.' }),
    page: pageField,
    properties: propertiesField,
  }),
  output: pageSchema,
  sampleInput: {
    database: '1a44be12-0953-4631-b498-9e5817518db8',
    page: samplePage.id,
    properties: { Status: 'In stock' },
  },
  sampleOutput: samplePage,
  options: { database: databaseOptions },
  schemas: { properties: propertiesSchema },
  run: async (context) => {
    const { database, page, properties } = context.input
    const json = { properties: writeProperties(properties, await typesOf(context, database)) }
    return toPage(await notion.call(context, { method: 'PATCH', url: pagePath(page), json, answer: notionPage }))
  },
})
