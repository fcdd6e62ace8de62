import {
  hasStatus,
  isHmacValid,
  jsonValue,
  StepError,
  type WebhookContext,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { jira } from '../jira-api.js'

const EVENTS = [
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
  'comment_created',
  'comment_updated',
  'comment_deleted',
] as const

const WEBHOOKS = '/rest/webhooks/1.0/webhook'

const delivered = z.object({
  webhookEvent: z.string(),
  timestamp: z.number(),
  issue: jsonValue.optional(),
  comment: jsonValue.optional(),
  changelog: jsonValue.optional(),
  user: jsonValue.optional(),
})

/** Starts when something happens to issues. */
export const issueEvent = webhookTrigger({
  name: 'Something happens to an issue',
  description:
    'Starts at once when issues or comments are made, changed or deleted. Needs an API token of a Jira admin; otherwise use "New or changed issue".',
  input: z.strictObject({
    events: z.array(z.enum(EVENTS)).min(1).default(['jira:issue_created']).meta({ title: 'Events' }),
    jql: z
      .string()
      .default('')
      .meta({ title: 'JQL', description: 'Which issues. Empty: all.', examples: ['project = SHOP'] }),
  }),
  output: z.object({
    event: z.string().meta({ title: 'Event' }),
    at: z.string().meta({ title: 'When' }),
    issue: jsonValue.meta({ title: 'Issue' }),
    comment: jsonValue.meta({ title: 'Comment' }),
    changelog: jsonValue.meta({ title: 'What was changed' }),
    user: jsonValue.meta({ title: 'By whom' }),
  }),
  sampleOutput: {
    event: 'jira:issue_updated',
    at: '2026-04-11T08:00:00.000Z',
    issue: { id: '10002', key: 'SHOP-42', fields: { summary: 'The cart forgets its items' } },
    comment: null,
    changelog: { items: [{ field: 'status', fromString: 'To Do', toString: 'Done' }] },
    user: { accountId: '5b10a2844c20165700ede21g', displayName: 'Kim' },
  },
  register: async (context) => {
    if (context.auth.kind === 'oauth2') {
      // An OAuth app may tell Jira one address in all, and these webhooks have one for each workflow.
      throw new StepError('validation', 'Webhooks of Jira need an API token', {
        detail: 'Connect with e-mail and API token of an admin, or use "New or changed issue".',
      })
    }
    await removeLeft(context)
    const { events, jql } = context.input
    const json = {
      name: 'Automation',
      url: context.webhookUrl,
      events,
      filters: { 'issue-related-events-section': jql },
      excludeBody: false,
      secret: context.secret,
    }
    const { self } = await jira.call(context, {
      method: 'POST',
      url: WEBHOOKS,
      json,
      answer: z.object({ self: z.string() }),
    })
    return { id: idOf(self) }
  },
  unregister: (context) => remove(context, String(context.registration['id'])),
  verify: ({ request, secret }) => {
    const [scheme, signature] = (request.headers['x-hub-signature'] ?? '').split('=')
    return scheme === 'sha256' && isHmacValid({ secret, content: request.rawBody, signature })
  },
  parse: ({ request, input: { events } }) => {
    const { data } = delivered.safeParse(request.body)
    if (data === undefined || !events.some((wanted) => wanted === data.webhookEvent)) return []
    const { webhookEvent: event, timestamp, issue = null, comment = null, changelog = null, user = null } = data
    // The same each time that Jira tries to deliver it.
    const id = request.headers['x-atlassian-webhook-identifier'] ?? `${event}:${timestamp}`
    const at = Math.abs(timestamp) <= 8.64e15 ? new Date(timestamp).toISOString() : String(timestamp)
    return [{ id, data: { event, at, issue, comment, changelog, user } }]
  },
})

function idOf(self: string): string {
  return self.split('/').at(-1) ?? ''
}

/** What an earlier attempt to register left behind would tell everything twice. */
async function removeLeft(context: WebhookContext): Promise<void> {
  const known = await jira.call(context, {
    url: WEBHOOKS,
    answer: z.array(z.object({ self: z.string(), url: z.string() })),
  })
  for (const { self } of known.filter(({ url }) => url === context.webhookUrl)) await remove(context, idOf(self))
}

async function remove(context: WebhookContext, id: string): Promise<void> {
  try {
    await jira.call(context, {
      method: 'DELETE',
      url: `${WEBHOOKS}/${encodeURIComponent(id)}`,
      answer: z.unknown(),
    })
  } catch (error) {
    // Somebody has removed it already: there is nothing left to do.
    if (!hasStatus(error, 404)) throw error
  }
}
