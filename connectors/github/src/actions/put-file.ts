import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { contentPath, pathField } from '../content-path.js'
import { github } from '../github-api.js'
import { repositoryField, repositoryOptions } from '../repository.js'

const written = z.object({
  content: z.object({ sha: z.string(), html_url: z.string() }),
  commit: z.object({ sha: z.string() }),
})

/** Writes a file of a repository. */
export const putFile = action({
  name: 'Write a file',
  description: 'Makes or replaces a file of a repository, as a commit.',
  input: z.strictObject({
    repository: repositoryField,
    path: pathField,
    message: z
      .string()
      .min(1)
      .meta({ title: 'Commit message', examples: ['Update the price list'] }),
    text: z.string().optional().meta({ title: 'Text', format: 'multiline', description: 'Or a file.' }),
    file: fileRefSchema.optional(),
    sha: z.string().optional().meta({ title: 'SHA', description: 'Of the content that is replaced.' }),
    branch: z.string().optional().meta({ title: 'Branch', description: 'By default the main branch.' }),
  }),
  output: z.object({
    sha: z.string().meta({ title: 'SHA of the content' }),
    commit: z.string().meta({ title: 'SHA of the commit' }),
    url: z.string().meta({ title: 'Address' }),
  }),
  sampleInput: { repository: 'acme/shop', path: 'prices.csv', message: 'Update the price list', text: 'a,1' },
  sampleOutput: {
    sha: '95b966ae1c166bd92f8ae7d1c313e738c731dfc3',
    commit: '7638417db6d59f3c431d3e1f261cc637155684cd',
    url: 'https://github.com/acme/shop/blob/main/prices.csv',
  },
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  run: async (context) => {
    const { repository, path, message, text, file, sha, branch } = context.input
    if (file === undefined && text === undefined) {
      throw new StepError('validation', 'There is nothing to write', { detail: 'Give a text or a file.' })
    }
    const bytes = file === undefined ? Buffer.from(text ?? '') : Buffer.from(await context.files.read(file))
    const { content, commit } = await github.call(context, {
      method: 'PUT',
      url: contentPath(repository, path),
      json: { message, content: bytes.toString('base64'), sha, branch },
      answer: written,
    })
    return { sha: content.sha, commit: commit.sha, url: content.html_url }
  },
})
