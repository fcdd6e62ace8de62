import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { issueField } from '../issue.js'
import { issuePath, jira } from '../jira-api.js'

const attachment = z.object({
  id: z.string().meta({ title: 'Id' }),
  filename: z.string().meta({ title: 'Name' }),
  size: z.number().meta({ title: 'Size', description: 'Bytes.' }),
  content: z.string().meta({ title: 'Address' }),
})

/** Attaches a file to an issue. */
export const addAttachment = action({
  name: 'Attach a file',
  description: 'Attaches a file to an issue.',
  input: z.strictObject({ issue: issueField, file: fileRefSchema }),
  output: attachment,
  sampleInput: {
    issue: 'SHOP-42',
    file: { $file: 'file_1', name: 'cart.png', contentType: 'image/png', size: 23_123 },
  },
  sampleOutput: {
    id: '10001',
    filename: 'cart.png',
    size: 23_123,
    content: 'https://acme.atlassian.net/rest/api/3/attachment/content/10001',
  },
  scopes: ['write:jira-work'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { issue, file } = context.input
    const { name: fileName, contentType } = file
    const [attached] = await jira.call(context, {
      method: 'POST',
      url: `${issuePath(issue)}/attachments`,
      // Without it Jira takes the upload for a forged one.
      headers: { 'x-atlassian-token': 'no-check' },
      multipart: [{ name: 'file', bytes: await context.files.read(file), fileName, contentType }],
      answer: z.array(attachment),
    })
    if (attached !== undefined) return attached
    throw new StepError('communication', 'Jira took the file and told of no attachment', { retryable: false })
  },
})
