import { action, fileRefSchema, hasStatus, type ServiceContext, StepError, z } from '@inlay/sdk/connector'
import { filePath, pathField } from '../file-path.js'
import { gitlab } from '../gitlab-api.js'
import { branchOptions, projectField, projectOptions } from '../project.js'

const written = z.object({
  file_path: z.string().meta({ title: 'Path' }),
  branch: z.string().meta({ title: 'Branch' }),
})

async function exists(context: ServiceContext, url: string, ref: string): Promise<boolean> {
  try {
    await gitlab.call(context, { method: 'HEAD', url, query: { ref } })
    return true
  } catch (error) {
    if (hasStatus(error, 404)) return false
    throw error
  }
}

/** Writes a file of a repository. */
export const putFile = action({
  name: 'Write a file',
  description: 'Makes or replaces a file of a repository, as a commit.',
  input: z.strictObject({
    project: projectField,
    path: pathField,
    branch: z
      .string()
      .min(1)
      .meta({ title: 'Branch', examples: ['main'] }),
    message: z
      .string()
      .min(1)
      .meta({ title: 'Commit message', examples: ['Update the price list'] }),
    text: z.string().optional().meta({ title: 'Text', format: 'multiline', description: 'Or a file.' }),
    file: fileRefSchema.optional(),
  }),
  output: written,
  sampleInput: {
    project: 'acme/shop',
    path: 'prices.csv',
    branch: 'main',
    message: 'Update the price list',
    text: 'a,1',
  },
  sampleOutput: { file_path: 'prices.csv', branch: 'main' },
  scopes: ['api'],
  options: { project: projectOptions, branch: branchOptions },
  run: async (context) => {
    const { project, path, branch, message, text, file } = context.input
    if (file === undefined && text === undefined) {
      throw new StepError('validation', 'There is nothing to write', { detail: 'Give a text or a file.' })
    }
    const bytes = file === undefined ? Buffer.from(text ?? '') : Buffer.from(await context.files.read(file))
    const url = filePath(project, path)
    const method = (await exists(context, url, branch)) ? 'PUT' : 'POST'
    const json = { branch, commit_message: message, encoding: 'base64', content: bytes.toString('base64') }
    return gitlab.call(context, { method, url, json, answer: written })
  },
})
