import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { releaseSchema, sampleRelease } from '../release.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

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
  output: releaseSchema,
  sampleInput: { repository: 'acme/shop', tag: 'v2.4.0', generateNotes: true },
  sampleOutput: sampleRelease,
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  run: (context) => {
    const { repository, tag, target, generateNotes, ...json } = context.input
    return github.call(context, {
      method: 'POST',
      url: `${repositoryPath(repository)}/releases`,
      json: { ...json, tag_name: tag, target_commitish: target, generate_release_notes: generateNotes },
      answer: releaseSchema,
    })
  },
})
