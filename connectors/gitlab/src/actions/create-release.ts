import { action, z } from '@inlay/sdk/connector'
import { gitlab } from '../gitlab-api.js'
import { branchOptions, projectField, projectOptions, projectPath } from '../project.js'

const release = z.object({
  tag_name: z.string().meta({ title: 'Tag' }),
  name: z.string().nullable().meta({ title: 'Name' }),
  description: z.string().nullable().meta({ title: 'Text' }),
  created_at: z.string().meta({ title: 'Created' }),
  released_at: z.string().nullable().meta({ title: 'Released' }),
})

/** Publishes a release. */
export const createRelease = action({
  name: 'Create a release',
  description: 'Makes a release of a tag; the tag is made when it does not exist.',
  input: z.strictObject({
    project: projectField,
    tag: z
      .string()
      .min(1)
      .meta({ title: 'Tag', examples: ['v2.4.0'] }),
    ref: z.string().optional().meta({ title: 'Commit or branch', description: 'For a new tag.' }),
    name: z.string().optional().meta({ title: 'Name' }),
    description: z.string().optional().meta({ title: 'Text', format: 'multiline', description: 'In Markdown.' }),
  }),
  output: release,
  sampleInput: { project: 'acme/shop', tag: 'v2.4.0', ref: 'main' },
  sampleOutput: {
    tag_name: 'v2.4.0',
    name: 'v2.4.0',
    description: 'Keeps the cart.',
    created_at: '2026-04-11T08:00:00.000Z',
    released_at: '2026-04-11T08:00:00.000Z',
  },
  scopes: ['api'],
  options: { project: projectOptions, ref: branchOptions },
  // A tag has one release: repeating makes no second one.
  run: (context) => {
    const { project, tag, ...fields } = context.input
    const json = { ...fields, tag_name: tag }
    return gitlab.call(context, { method: 'POST', url: `${projectPath(project)}/releases`, json, answer: release })
  },
})
