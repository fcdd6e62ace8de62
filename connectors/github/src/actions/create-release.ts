import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

const release = z.object({
  id: z.number().meta({ title: 'Id' }),
  tag_name: z.string().meta({ title: 'Tag' }),
  name: z.string().nullable().meta({ title: 'Name' }),
  html_url: z.string().meta({ title: 'Address' }),
  draft: z.boolean().meta({ title: 'Is a draft' }),
  published_at: z.string().nullable().meta({ title: 'Published' }),
})

/** Publishes a release. */
export const createRelease = action({
  name: 'Create a release',
  description: 'Makes a release of a tag; the tag is made when it does not exist.',
  input: z.strictObject({
    repository: repositoryField,
    tag: z
      .string()
      .min(1)
      .meta({ title: 'Tag', examples: ['v2.4.0'] }),
    target: z.string().optional().meta({ title: 'Commit or branch', description: 'For a new tag.' }),
    name: z.string().optional().meta({ title: 'Name' }),
    body: z.string().optional().meta({ title: 'Text', format: 'multiline', description: 'In Markdown.' }),
    draft: z.boolean().default(false).meta({ title: 'As a draft' }),
    prerelease: z.boolean().default(false).meta({ title: 'As a pre-release' }),
    generateNotes: z.boolean().default(false).meta({ title: 'Let GitHub write the notes' }),
  }),
  output: release,
  sampleInput: { repository: 'acme/shop', tag: 'v2.4.0', generateNotes: true },
  sampleOutput: {
    id: 1,
    tag_name: 'v2.4.0',
    name: 'v2.4.0',
    html_url: 'https://github.com/acme/shop/releases/v2.4.0',
    draft: false,
    published_at: '2026-04-27T19:35:32Z',
  },
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  run: (context) => {
    const { repository, tag, target, generateNotes, ...json } = context.input
    return github.call(context, {
      method: 'POST',
      url: `${repositoryPath(repository)}/releases`,
      json: { ...json, tag_name: tag, target_commitish: target, generate_release_notes: generateNotes },
      answer: release,
    })
  },
})
