import { action, type OptionsContext, z } from '@inlay/sdk/connector'
import { textDocument } from '../document.js'
import { issueField, issueSchema, readIssue, sampleIssue } from '../issue.js'
import { issuePath, jira } from '../jira-api.js'

const transitions = z.object({
  transitions: z.array(z.object({ id: z.string(), name: z.string(), to: z.object({ name: z.string() }).optional() })),
})

const transitionOptions = {
  dependsOn: ['issue'],
  load: async (context: OptionsContext) => {
    const url = `${issuePath(String(context.input['issue'] ?? ''))}/transitions`
    const found = await jira.call(context, { url, answer: transitions })
    return found.transitions.map(({ id, name, to }) => ({
      value: id,
      label: name,
      ...(to === undefined ? {} : { description: to.name }),
    }))
  },
}

/** Moves an issue to another status. */
export const transitionIssue = action({
  name: 'Move an issue to another status',
  description: 'Takes a transition of the workflow of an issue, such as "Done".',
  input: z.strictObject({
    issue: issueField,
    transition: z
      .string()
      .min(1)
      .meta({ title: 'Transition', description: 'Its id, or its name.', examples: ['31', 'Done'] }),
    comment: z.string().optional().meta({ title: 'Comment', format: 'multiline' }),
  }),
  output: issueSchema,
  sampleInput: { issue: 'SHOP-42', transition: '31' },
  sampleOutput: { ...sampleIssue, status: 'Done' },
  scopes: ['read:jira-work', 'write:jira-work'],
  options: { transition: transitionOptions },
  // The transition may not be there any more after it was taken.
  delivery: 'at-most-once',
  run: async (context) => {
    const { issue, transition, comment } = context.input
    const url = `${issuePath(issue)}/transitions`
    const isId = /^\d+$/.test(transition)
    const known = isId ? [] : (await jira.call(context, { url, answer: transitions })).transitions
    const named = known.find(({ name }) => name.toLowerCase() === transition.toLowerCase())
    const update = comment === undefined ? undefined : { comment: [{ add: { body: textDocument(comment) } }] }
    const json = { transition: { id: named?.id ?? transition }, update }
    await jira.call(context, { method: 'POST', url, json, answer: z.unknown() })
    return readIssue(context, issue)
  },
})
