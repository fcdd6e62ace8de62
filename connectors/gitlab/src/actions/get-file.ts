import { action, fileRefSchema, z } from '@inlay/sdk/connector'
import { filePath, pathField } from '../file-path.js'
import { gitlab } from '../gitlab-api.js'
import { branchOptions, projectField, projectOptions } from '../project.js'

const MAX_BYTES = 10 * 1024 * 1024
/** Contents come as base64 in JSON. */
const MAX_RESPONSE_BYTES = Math.ceil(MAX_BYTES * 1.4)

const content = z.object({
  file_name: z.string(),
  encoding: z.literal('base64'),
  content: z.string(),
  last_commit_id: z.string(),
})

/** Reads a file of a repository. */
export const getFile = action({
  name: 'Get a file',
  description: 'Reads a file of a repository, up to 10 MB.',
  input: z.strictObject({
    project: projectField,
    path: pathField,
    ref: z
      .string()
      .default('HEAD')
      .meta({ title: 'Branch, tag or commit', description: 'By default the main branch.' }),
  }),
  output: z.object({
    file: fileRefSchema,
    lastCommit: z.string().meta({ title: 'Last commit', description: 'That changed the file.' }),
  }),
  sampleInput: { project: 'acme/shop', path: 'docs/readme.md' },
  sampleOutput: {
    file: { $file: 'file_1', name: 'readme.md', contentType: 'application/octet-stream', size: 5362 },
    lastCommit: '570e7b2abdd848b95f2f578043fc23bd6f6fd24d',
  },
  scopes: ['api'],
  options: { project: projectOptions, ref: branchOptions },
  run: async (context) => {
    const { project, path, ref } = context.input
    const url = filePath(project, path)
    const found = await gitlab.call(context, {
      url,
      query: { ref },
      maxResponseBytes: MAX_RESPONSE_BYTES,
      answer: content,
    })
    const bytes = Buffer.from(found.content, 'base64')
    const file = await context.files.write({ name: found.file_name, contentType: 'application/octet-stream', bytes })
    return { file, lastCommit: found.last_commit_id }
  },
})
