import { action, type FormContext, z } from '@inlay/sdk/connector'
import { textDocument } from '../document.js'
import { fieldMeta, fieldsSchema, writeFields } from '../field-values.js'
import { issueField, issueSchema, readIssue, sampleIssue } from '../issue.js'
import { issuePath, type JiraContext, jira } from '../jira-api.js'
import { customFields } from '../project.js'

const editable = z.object({ fields: z.record(z.string(), fieldMeta) })

async function editFields(context: JiraContext, issue: string) {
  return (await jira.call(context, { url: `${issuePath(issue)}/editmeta`, answer: editable })).fields
}

/** Changes an issue; what is not named stays. */
export const updateIssue = action({
  name: 'Change an issue',
  description: 'Changes fields of an issue. What is left empty stays as it is.',
  input: z.strictObject({
    issue: issueField,
    summary: z.string().min(1).max(255).optional().meta({ title: 'Summary' }),
    description: z.string().optional().meta({ title: 'Description', format: 'multiline' }),
    labels: z.array(z.string()).optional().meta({ title: 'Labels', description: 'Replaces those it has.' }),
    dueDate: z.iso.date().optional().meta({ title: 'Due' }),
    fields: customFields,
    notify: z.boolean().default(true).meta({ title: 'Tell people who watch it' }),
  }),
  output: issueSchema,
  sampleInput: { issue: 'SHOP-42', summary: 'The cart forgets all its items' },
  sampleOutput: sampleIssue,
  scopes: ['read:jira-work', 'write:jira-work'],
  schemas: {
    fields: {
      dependsOn: ['issue'],
      load: async (context: FormContext) =>
        fieldsSchema(await editFields(context, String(context.input['issue'] ?? ''))),
    },
  },
  run: async (context) => {
    const { issue, summary, description, labels, dueDate, fields = {}, notify } = context.input
    const further = Object.keys(fields).length === 0 ? {} : writeFields(fields, await editFields(context, issue))
    const text = description === undefined ? undefined : textDocument(description)
    await jira.call(context, {
      method: 'PUT',
      url: issuePath(issue),
      // Not to tell people is for admins alone: it is said only when it is wanted.
      query: { notifyUsers: notify ? undefined : false },
      json: { fields: { ...further, summary, description: text, labels, duedate: dueDate } },
    })
    return readIssue(context, issue)
  },
})
