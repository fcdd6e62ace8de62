import {
  collectPages,
  isHmacValid,
  isRecent,
  jsonValue,
  StepError,
  type WebhookContext,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { ask, connectionOf, nextCursor, PAGE_INFO } from '../linear-api.js'
import { teamOptions } from '../workspace-options.js'

const RESOURCES = [
  'Issue',
  'Comment',
  'Attachment',
  'IssueLabel',
  'Reaction',
  'Project',
  'ProjectUpdate',
  'Document',
  'Initiative',
  'InitiativeUpdate',
  'Cycle',
  'Customer',
  'CustomerNeed',
  'User',
] as const

const createQuery = `mutation CreateWebhook($input: WebhookCreateInput!) {
  webhookCreate(input: $input) { webhook { id } }
}`
const created = z.object({ webhookCreate: z.object({ webhook: z.object({ id: z.string() }) }) })
const deleteQuery = 'mutation DeleteWebhook($id: String!) { webhookDelete(id: $id) { success } }'
const deleted = z.object({ webhookDelete: z.object({ success: z.boolean() }) })
const knownQuery = `query Webhooks($after: String) {
  webhooks(first: 100, after: $after) { nodes { id url } ${PAGE_INFO} }
}`
const known = z.object({ webhooks: connectionOf(z.object({ id: z.string(), url: z.string().nullable() })) })
const webhooksQuery = 'query Webhook($id: String!) { webhook(id: $id) { id } }'

const delivered = z.object({
  action: z.string(),
  type: z.string(),
  createdAt: z.string(),
  data: jsonValue,
  url: z.string().nullish(),
  updatedFrom: jsonValue.optional(),
  webhookId: z.string().optional(),
  webhookTimestamp: z.number(),
})

/** Starts when issues, comments or projects are made, changed or removed. */
export const workspaceEvent = webhookTrigger({
  name: 'Something happens',
  description:
    'Starts at once when issues, comments or projects are made, changed or removed. The account must be an admin of the workspace.',
  input: z.strictObject({
    team: z.string().optional().meta({ title: 'Team', description: 'By default all public teams.' }),
    resources: z
      .array(z.enum(RESOURCES))
      .min(1)
      .default(['Issue'])
      .meta({ title: 'What', description: 'Kinds of things to hear of.' }),
    actions: z
      .array(z.enum(['create', 'update', 'remove']))
      .default([])
      .meta({ title: 'Only when they are', description: 'By default made, changed or removed.' }),
  }),
  output: z.object({
    type: z.string().meta({ title: 'What' }),
    action: z.string().meta({ title: 'What happened', description: 'create, update or remove.' }),
    at: z.string().meta({ title: 'When' }),
    url: z.string().nullable().meta({ title: 'Address' }),
    data: jsonValue.meta({ title: 'As it is now' }),
    updatedFrom: jsonValue.meta({ title: 'What it was', description: 'Former values of what was changed, or null.' }),
  }),
  sampleOutput: {
    type: 'Issue',
    action: 'update',
    at: '2026-04-11T08:00:00.000Z',
    url: 'https://linear.app/acme/issue/ENG-123/the-cart-forgets-its-items',
    data: { id: '2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9', identifier: 'ENG-123', title: 'The cart forgets its items' },
    updatedFrom: { title: 'The cart' },
  },
  scopes: ['read', 'admin'],
  options: { team: teamOptions },
  register: async (context) => {
    const { team, resources } = context.input
    await removeLeft(context)
    const where = team === undefined ? { allPublicTeams: true } : { teamId: team }
    const input = { url: context.webhookUrl, secret: context.secret, resourceTypes: resources, enabled: true, ...where }
    const { webhookCreate } = await ask(context, { query: createQuery, variables: { input }, answer: created })
    return { id: webhookCreate.webhook.id }
  },
  unregister: async (context) => {
    const variables = { id: String(context.registration['id']) }
    try {
      await ask(context, { query: deleteQuery, variables, answer: deleted })
    } catch (error) {
      if (!isRefused(error)) throw error
      // Linear has no code of its own for what is not there: looking for it tells.
      const isThere = await ask(context, {
        query: webhooksQuery,
        variables,
        answer: z.object({ webhook: z.unknown() }),
      })
        .then(() => true)
        .catch((cause: unknown) => {
          if (isRefused(cause)) return false
          throw cause
        })
      if (isThere) throw error
    }
  },
  verify: ({ request, secret, now }) => {
    const { data } = delivered.safeParse(request.body)
    const signature = request.headers['linear-signature']
    if (!isHmacValid({ secret, content: request.rawBody, signature })) return false
    return data !== undefined && isRecent({ sentAtMs: data.webhookTimestamp, now })
  },
  parse: ({ request, input: { resources, actions } }) => {
    const { data } = delivered.safeParse(request.body)
    if (data === undefined || !resources.some((wanted) => wanted === data.type)) return []
    if (actions.length > 0 && !actions.some((wanted) => wanted === data.action)) return []
    const { type, action, createdAt, url, updatedFrom } = data
    const id = request.headers['linear-delivery'] ?? `${data.webhookId}:${data.webhookTimestamp}`
    return [
      {
        id,
        data: { type, action, at: createdAt, url: url ?? null, data: data.data, updatedFrom: updatedFrom ?? null },
      },
    ]
  },
})

/** What an earlier attempt to register left behind would tell everything twice. */
async function removeLeft(context: WebhookContext): Promise<void> {
  const read = async (after: string) => {
    const variables = { after: after === '' ? undefined : after }
    const { webhooks } = await ask(context, { query: knownQuery, variables, answer: known })
    return { items: webhooks.nodes, next: nextCursor(webhooks) }
  }
  const ours = (await collectPages(read, '')).filter(({ url }) => url === context.webhookUrl)
  for (const { id } of ours) await ask(context, { query: deleteQuery, variables: { id }, answer: deleted })
}

function isRefused(error: unknown): boolean {
  return error instanceof StepError && error.kind === 'rejected'
}
