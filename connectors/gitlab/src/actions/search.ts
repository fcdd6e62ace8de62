import { action, collectPages, z } from '@inlay/sdk/connector'
import { projectOptions, projectPath, readPage } from '../project.js'

const found = z.object({
  id: z.number(),
  iid: z.number().optional(),
  title: z.string().optional(),
  name: z.string().optional(),
  state: z.string().nullish(),
  web_url: z.string(),
})

/** Finds issues, merge requests and projects. */
export const search = action({
  name: 'Search',
  description: 'Finds issues, merge requests or projects by words.',
  input: z.strictObject({
    scope: z.enum(['issues', 'merge_requests', 'projects']).default('issues').meta({ title: 'What' }),
    words: z
      .string()
      .min(1)
      .meta({ title: 'Words', examples: ['cart'] }),
    project: z.string().optional().meta({ title: 'Project', description: 'By default all. Not for projects.' }),
    limit: z.coerce.number().int().min(1).max(500).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({
    found: z
      .array(
        z.object({
          id: z.number().meta({ title: 'Id' }),
          number: z.number().nullable().meta({ title: 'Number' }),
          title: z.string().meta({ title: 'Title' }),
          state: z.string().nullable().meta({ title: 'State' }),
          url: z.string().meta({ title: 'Address' }),
        }),
      )
      .meta({ title: 'Found' }),
  }),
  sampleInput: { words: 'cart' },
  sampleOutput: {
    found: [
      {
        id: 76,
        number: 6,
        title: 'The cart forgets its items',
        state: 'opened',
        url: 'https://gitlab.com/acme/shop/-/issues/6',
      },
    ],
  },
  scopes: ['api'],
  options: { project: projectOptions },
  run: async (context) => {
    const { scope, words, project, limit } = context.input
    const place = project === undefined || scope === 'projects' ? '' : projectPath(project)
    const list = { url: `${place}/search`, query: { scope, search: words }, item: found }
    const items = await collectPages((page: number) => readPage(context, { ...list, page }), 1, { maxItems: limit })
    return {
      found: items.map(({ id, iid, title, name, state, web_url }) => ({
        id,
        number: iid ?? null,
        title: title ?? name ?? '',
        state: state ?? null,
        url: web_url,
      })),
    }
  },
})
