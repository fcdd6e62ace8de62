import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { contentPath, pathField } from '../content-path.js'
import { github } from '../github-api.js'
import { repositoryField, repositoryOptions } from '../repository.js'

const content = z.object({
  type: z.string(),
  encoding: z.string().optional(),
  content: z.string().optional(),
  name: z.string(),
  sha: z.string(),
})

/** Reads a file of a repository. */
export const getFile = action({
  name: 'Get a file',
  description: 'Reads a file of a repository, up to 1 MB.',
  input: z.strictObject({
    repository: repositoryField,
    path: pathField,
    ref: z.string().optional().meta({ title: 'Branch, tag or commit', description: 'By default the main branch.' }),
  }),
  output: z.object({
    file: fileRefSchema,
    sha: z.string().meta({ title: 'SHA', description: 'Names this very content when the file is changed.' }),
  }),
  sampleInput: { repository: 'acme/shop', path: 'docs/readme.md' },
  sampleOutput: {
    file: { $file: 'file_1', name: 'readme.md', contentType: 'application/octet-stream', size: 5362 },
    sha: '3d21ec53a331a6f037a91c368710b99387d012c1',
  },
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  run: async (context) => {
    const { repository, path, ref } = context.input
    const found = await github.call(context, { url: contentPath(repository, path), query: { ref }, answer: content })
    if (found.type !== 'file' || found.encoding !== 'base64' || found.content === undefined) {
      throw new StepError('validation', `"${path}" is not a file that can be read`, {
        detail: 'It is a folder, a link, or larger than 1 MB.',
      })
    }
    const bytes = Buffer.from(found.content, 'base64')
    const file = await context.files.write({ name: found.name, contentType: 'application/octet-stream', bytes })
    return { file, sha: found.sha }
  },
})
