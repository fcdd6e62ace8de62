import { type JsonValue, jsonValue, type OptionsContext, z } from '@inlay/sdk/connector'
import { documentText } from './document.js'
import { issuePath, type JiraContext, jira, siteOf } from './jira-api.js'

const named = z.object({ name: z.string() }).nullish()
const user = z.object({ accountId: z.string(), displayName: z.string().nullish() }).nullish()

/** An issue as Jira gives it. */
export const jiraIssue = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.looseObject({
    summary: z.string().nullish(),
    description: z.unknown(),
    status: named,
    issuetype: named,
    priority: named,
    resolution: named,
    project: z.object({ key: z.string() }).nullish(),
    assignee: user,
    reporter: user,
    labels: z.array(z.string()).nullish(),
    duedate: z.string().nullish(),
    created: z.string(),
    updated: z.string(),
  }),
})

const person = z.object({ id: z.string().meta({ title: 'Id' }), name: z.string().meta({ title: 'Name' }) }).nullable()

/** An issue as automations see it. */
export const issueSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  key: z.string().meta({ title: 'Key' }),
  url: z.string().meta({ title: 'Address' }),
  summary: z.string().meta({ title: 'Summary' }),
  description: z.string().nullable().meta({ title: 'Description', description: 'As text.' }),
  status: z.string().nullable().meta({ title: 'Status' }),
  type: z.string().nullable().meta({ title: 'Type' }),
  priority: z.string().nullable().meta({ title: 'Priority' }),
  resolution: z.string().nullable().meta({ title: 'Resolution' }),
  project: z.string().nullable().meta({ title: 'Key of the project' }),
  assignee: person.meta({ title: 'Assignee' }),
  reporter: person.meta({ title: 'Reporter' }),
  labels: z.array(z.string()).meta({ title: 'Labels' }),
  dueDate: z.string().nullable().meta({ title: 'Due' }),
  created: z.string().meta({ title: 'Created' }),
  updated: z.string().meta({ title: 'Changed' }),
  fields: z.record(z.string(), jsonValue).meta({ title: 'Further fields', description: 'Those that were asked for.' }),
})

/** The fields that every issue is read with. */
export const ISSUE_FIELDS =
  'summary description status issuetype priority resolution project assignee reporter labels duedate created updated'.split(
    ' ',
  )

type Person = z.infer<typeof user>

function personOf(given: Person) {
  return given ? { id: given.accountId, name: given.displayName ?? given.accountId } : null
}

/** Jira writes zones as `+0000`; times are given in UTC as ISO 8601. Absent when Jira gave something else. */
function timeOf(given: string): string {
  const ms = Date.parse(given)
  return Number.isNaN(ms) ? given : new Date(ms).toISOString()
}

/** An issue with texts and names in the place of Jira's own objects. @param siteUrl where people find it */
export function toIssue({ id, key, fields }: z.infer<typeof jiraIssue>, siteUrl: string): z.infer<typeof issueSchema> {
  const { summary, description, status, issuetype, priority, resolution, project, duedate } = fields
  const more = Object.entries(fields).filter(([name]) => !ISSUE_FIELDS.includes(name))
  return {
    id,
    key,
    url: `${siteUrl}/browse/${key}`,
    summary: summary ?? '',
    description: documentText(description),
    status: status?.name ?? null,
    type: issuetype?.name ?? null,
    priority: priority?.name ?? null,
    resolution: resolution?.name ?? null,
    project: project?.key ?? null,
    assignee: personOf(fields.assignee),
    reporter: personOf(fields.reporter),
    labels: fields.labels ?? [],
    dueDate: duedate ?? null,
    created: timeOf(fields.created),
    updated: timeOf(fields.updated),
    // What came as JSON is JSON.
    fields: Object.fromEntries(more) as Record<string, JsonValue>,
  }
}

/** An issue, for forms. */
export const sampleIssue = {
  id: '10002',
  key: 'SHOP-42',
  url: 'https://acme.atlassian.net/browse/SHOP-42',
  summary: 'The cart forgets its items',
  description: 'It happens after signing in.',
  status: 'To Do',
  type: 'Bug',
  priority: 'High',
  resolution: null,
  project: 'SHOP',
  assignee: { id: '5b10a2844c20165700ede21g', name: 'Kim' },
  reporter: { id: '5b10a2844c20165700ede21g', name: 'Kim' },
  labels: ['cart'],
  dueDate: '2026-05-01',
  created: '2026-04-10T20:09:31.000Z',
  updated: '2026-04-11T08:00:00.000Z',
  fields: { customfield_10016: 3 },
}

/** The field by which actions name an issue. */
export const issueField = z
  .string()
  .min(1)
  .meta({ title: 'Issue', description: 'Its key or id.', examples: ['SHOP-42'] })

/** The field by which actions ask for more than the usual. */
export const furtherFields = z
  .array(z.string())
  .default([])
  .meta({ title: 'Further fields', description: 'Ids of fields to read too.', examples: [['customfield_10016']] })

/** Fields that issues of the site can have. */
export async function fieldOptions(context: OptionsContext) {
  const answer = z.array(z.object({ id: z.string(), name: z.string() }))
  const fields = await jira.call(context, { url: '/rest/api/3/field', answer })
  return fields.map(({ id, name }) => ({ value: id, label: name, description: id }))
}

/** Reads an issue. */
export async function readIssue(context: JiraContext, issue: string, further: readonly string[] = []) {
  const query = { fields: [...ISSUE_FIELDS, ...further].join(',') }
  const { url } = await siteOf(context)
  return toIssue(await jira.call(context, { url: issuePath(issue), query, answer: jiraIssue }), url)
}
