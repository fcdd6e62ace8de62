import { type FormContext, type JsonObject, type OptionsContext, z } from '@inlay/sdk/connector'
import { listAll, readPage } from './mailchimp-api.js'

/** The field by which actions name an audience. */
export const audienceField = z
  .string()
  .min(1)
  .meta({ title: 'Audience', description: 'Whose subscribers.', examples: ['aud1'] })

/** An audience as Mailchimp tells of one. */
export const audienceSchema = z.object({
  id: z.string().meta({ title: 'Audience id' }),
  name: z.string().meta({ title: 'Name' }),
  date_created: z.string().nullish().meta({ title: 'Created' }),
  stats: z
    .object({
      member_count: z.number().nullish().meta({ title: 'Subscribers' }),
      unsubscribe_count: z.number().nullish().meta({ title: 'Unsubscribed' }),
    })
    .nullish()
    .meta({ title: 'Numbers' }),
})

/** The path of an audience, or of something of it. */
export function audiencePath(audience: string, rest = ''): string {
  return `/lists/${encodeURIComponent(audience)}${rest}`
}

/** The audiences of the account. */
export async function audienceOptions(context: OptionsContext) {
  const request = { url: '/lists', list: 'lists', item: audienceSchema, limit: 100 }
  const { items, next } = await readPage(context, request, Number(context.cursor ?? 0))
  return {
    options: items.map(({ id, name }) => ({ value: id, label: name })),
    ...(next === undefined ? {} : { nextCursor: String(next) }),
  }
}

/** The saved segments and tags of the chosen audience. */
export const segmentOptions = {
  dependsOn: ['audience'],
  load: async (context: OptionsContext) => {
    const { items, next } = await readPage(
      context,
      {
        url: audiencePath(String(context.input['audience'] ?? ''), '/segments'),
        list: 'segments',
        item: z.object({ id: z.number(), name: z.string() }),
        limit: 100,
      },
      Number(context.cursor ?? 0),
    )
    return {
      options: items.map(({ id, name }) => ({ value: id, label: name })),
      ...(next === undefined ? {} : { nextCursor: String(next) }),
    }
  },
}

const mergeField = z.object({
  tag: z.string(),
  name: z.string(),
  type: z.string(),
  help_text: z.string().nullish(),
  options: z.object({ choices: z.array(z.string()).nullish() }).nullish(),
})

/** An audience has no more merge fields than this on any plan. */
const MOST_MERGE_FIELDS = 100

/** The merge fields of the chosen audience. */
export const mergeFieldsSchema = {
  dependsOn: ['audience'],
  load: async (context: FormContext): Promise<JsonObject> => {
    const url = audiencePath(String(context.input['audience'] ?? ''), '/merge-fields')
    const found = await listAll(context, { url, list: 'merge_fields', item: mergeField, limit: MOST_MERGE_FIELDS })
    return { type: 'object', properties: Object.fromEntries(found.map((field) => [field.tag, schemaOf(field)])) }
  },
}

const ADDRESS_PARTS: readonly (readonly [name: string, title: string])[] = [
  ['addr1', 'Street'],
  ['addr2', 'Second line'],
  ['city', 'City'],
  ['state', 'State'],
  ['zip', 'Postal code'],
  ['country', 'Country'],
]

function schemaOf({ name, type, help_text, options }: z.output<typeof mergeField>): JsonObject {
  const common = { title: name, ...(help_text ? { description: help_text } : {}) }
  const choices = options?.choices ?? []
  if (type === 'number') return { ...common, type: 'number' }
  if (choices.length > 0) return { ...common, type: 'string', enum: choices }
  if (type !== 'address') return { ...common, type: 'string' }
  const properties = Object.fromEntries(ADDRESS_PARTS.map(([part, title]) => [part, { type: 'string', title }]))
  return { ...common, type: 'object', properties }
}
