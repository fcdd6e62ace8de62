import { action, z } from '@inlay/sdk/connector'
import { textDocument } from '../document.js'
import { writeFields } from '../field-values.js'
import { sampleIssue } from '../issue.js'
import { jira, siteOf } from '../jira-api.js'
import {
  createFields,
  createFieldsSchema,
  customFields,
  issueTypeField,
  issueTypeOptions,
  projectField,
  projectOptions,
} from '../project.js'
import { userOptions } from '../user.js'

const made = z.object({ id: z.string(), key: z.string() })

/** Makes an issue. */
export const createIssue = action({
  name: 'Create an issue',
  description: 'Makes an issue, with all the fields that its type has.',
  input: z.strictObject({
    project: projectField,
    issueType: issueTypeField,
    summary: z
      .string()
      .min(1)
      .max(255)
      .meta({ title: 'Summary', examples: [sampleIssue.summary] }),
    description: z.string().optional().meta({ title: 'Description', format: 'multiline' }),
    assignee: z.string().optional().meta({ title: 'Assignee' }),
    labels: z.array(z.string()).optional().meta({ title: 'Labels' }),
    parent: z.string().optional().meta({ title: 'Part of the issue', description: 'The key of an epic or issue.' }),
    fields: customFields,
  }),
  output: z.object({
    id: z.string().meta({ title: 'Id' }),
    key: z.string().meta({ title: 'Key' }),
    url: z.string().meta({ title: 'Address' }),
  }),
  sampleInput: { project: 'SHOP', issueType: '10001', summary: sampleIssue.summary },
  sampleOutput: { id: sampleIssue.id, key: sampleIssue.key, url: sampleIssue.url },
  scopes: ['read:jira-work', 'write:jira-work'],
  options: { project: projectOptions, issueType: issueTypeOptions, assignee: userOptions },
  schemas: { fields: createFieldsSchema },
  // Jira knows no idempotency key: repeating after a crash would make a second issue.
  delivery: 'at-most-once',
  run: async (context) => {
    const { project, issueType, summary, description, assignee, labels, parent, fields = {} } = context.input
    const further =
      Object.keys(fields).length === 0 ? {} : writeFields(fields, await createFields(context, context.input))
    const json = {
      fields: {
        ...further,
        project: /^\d+$/.test(project) ? { id: project } : { key: project },
        issuetype: { id: issueType },
        summary,
        description: description === undefined ? undefined : textDocument(description),
        assignee: assignee === undefined ? undefined : { accountId: assignee },
        labels,
        parent: parent === undefined ? undefined : { key: parent },
      },
    }
    const issue = await jira.call(context, { method: 'POST', url: '/rest/api/3/issue', json, answer: made })
    return { ...issue, url: `${(await siteOf(context)).url}/browse/${issue.key}` }
  },
})
