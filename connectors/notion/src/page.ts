import { jsonValue, z } from '@inlay/sdk/connector'
import { readProperties } from './property-values.js'

/** A page as Notion gives it. */
export const notionPage = z.object({
  object: z.literal('page'),
  id: z.string(),
  url: z.string(),
  created_time: z.string(),
  last_edited_time: z.string(),
  in_trash: z.boolean().default(false),
  properties: z.record(z.string(), z.looseObject({ type: z.string() })),
})

/** A page as automations see it. */
export const pageSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  title: z.string().meta({ title: 'Title' }),
  url: z.string().meta({ title: 'Address' }),
  created_time: z.string().meta({ title: 'Created' }),
  last_edited_time: z.string().meta({ title: 'Changed' }),
  in_trash: z.boolean().meta({ title: 'Is in the trash' }),
  properties: z.record(z.string(), jsonValue).meta({ title: 'Properties', description: 'By name, as plain values.' }),
})

/** A page with plain values in the place of Notion's own. */
export function toPage({
  object: _object,
  properties,
  ...page
}: z.infer<typeof notionPage>): z.infer<typeof pageSchema> {
  const values = readProperties(properties)
  const titled = Object.entries(properties).find(([, { type }]) => type === 'title')
  const title = titled === undefined ? '' : values[titled[0]]
  return { ...page, title: typeof title === 'string' ? title : '', properties: values }
}

/** A page, for forms. */
export const samplePage = {
  id: '59833787-2cf9-4fdf-8782-e53db20768a5',
  title: 'Tuscan kale',
  url: 'https://www.notion.so/Tuscan-kale-598337872cf94fdf8782e53db20768a5',
  created_time: '2026-04-01T10:00:00.000Z',
  last_edited_time: '2026-04-02T12:30:00.000Z',
  in_trash: false,
  properties: { Name: 'Tuscan kale', Status: 'In stock', Price: 2.5 },
}

/** The field by which actions name a page. */
export const pageField = z
  .string()
  .min(1)
  .meta({ title: 'Page', description: 'Its address or id.', examples: [samplePage.id] })

const ID_AT_END = /([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i

/** The id in what people write: an id, or an address copied from the browser. */
export function idOf(given: string): string {
  const path = given.trim().split(/[?#]/)[0] ?? ''
  const found = ID_AT_END.exec(path)
  return found === null ? given.trim() : found.slice(1).join('-').toLowerCase()
}

/** The path of a page in the API. */
export function pagePath(page: string): string {
  return `/v1/pages/${encodeURIComponent(idOf(page))}`
}
