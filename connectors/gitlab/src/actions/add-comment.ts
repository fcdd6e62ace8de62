import { action, z } from '@inlay/sdk/connector'
import { gitlab } from '../gitlab-api.js'
import { numberField } from '../issue.js'
import { projectField, projectOptions, projectPath } from '../project.js'

const note = z.object({
  id: z.number().meta({ title: 'Id' }),
  body: z.string().meta({ title: 'Text' }),
  created_at: z.string().meta({ title: 'Created' }),
  author: z.object({ username: z.string().meta({ title: 'User name' }) }).meta({ title: 'Author' }),
})

/** Comments on an issue or merge request. */
export const addComment = action({
  name: 'Add a comment',
  description: 'Comments on an issue or merge request.',
  input: z.strictObject({
    project: projectField,
    on: z.enum(['issue', 'merge_request']).default('issue').meta({ title: 'On' }),
    number: numberField,
    body: z
      .string()
      .min(1)
      .meta({ title: 'Text', format: 'multiline', description: 'In Markdown.', examples: ['Fixed in 2.4.'] }),
    internal: z.boolean().default(false).meta({ title: 'For members alone' }),
  }),
  output: note,
  sampleInput: { project: 'acme/shop', number: 6, body: 'Fixed in 2.4.' },
  sampleOutput: { id: 302, body: 'Fixed in 2.4.', created_at: '2026-04-11T08:00:00.000Z', author: { username: 'kim' } },
  scopes: ['api'],
  options: { project: projectOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { project, on, number, body, internal } = context.input
    const url = `${projectPath(project)}/${on === 'issue' ? 'issues' : 'merge_requests'}/${number}/notes`
    return gitlab.call(context, { method: 'POST', url, json: { body, internal }, answer: note })
  },
})
