import {
  hasStatus,
  isHmacValid,
  type JsonValue,
  jsonValue,
  type RegisteredContext,
  type WebhookContext,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { listAll } from '../lists.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

const EVENTS = [
  'issues',
  'issue_comment',
  'pull_request',
  'pull_request_review',
  'push',
  'release',
  'create',
  'delete',
  'star',
  'workflow_run',
] as const

const input = z.strictObject({
  repository: repositoryField,
  events: z.array(z.enum(EVENTS)).min(1).default(['issues']).meta({ title: 'Events', description: 'What to hear of.' }),
  actions: z
    .array(z.string())
    .default([])
    .meta({ title: 'Only these actions', examples: [['opened', 'closed']] }),
})

const output = z.object({
  event: z.string().meta({ title: 'Event' }),
  action: z.string().nullable().meta({ title: 'Action', description: 'What happened, such as "opened".' }),
  payload: jsonValue.meta({ title: 'Payload', description: 'All that GitHub tells of it.' }),
})

const hook = z.object({ id: z.number(), config: z.object({ url: z.string().optional() }) })

type Input = z.output<typeof input>

/** Starts for events of a repository. */
export const repositoryEvent = webhookTrigger({
  name: 'Repository event',
  description: 'Starts at once when something happens in a repository. The account must administer the repository.',
  input,
  output,
  sampleOutput: {
    event: 'issues',
    action: 'opened',
    payload: { action: 'opened', issue: { number: 1347, title: 'The cart forgets its items' } },
  },
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  register: async (context: WebhookContext<Input>) => {
    const { events, repository } = context.input
    const config = { url: context.webhookUrl, content_type: 'json', secret: context.secret, insecure_ssl: '0' }
    const url = `${repositoryPath(repository)}/hooks`
    const hooks = await listAll(context, { url, item: hook })
    // GitHub takes an address once: when this is the second call, it knows it already.
    const known = hooks.find((each) => each.config.url === context.webhookUrl)
    const json = { active: true, events, config }
    const { id } = await github.call(context, {
      ...(known === undefined
        ? { method: 'POST', url, json: { name: 'web', ...json } }
        : { method: 'PATCH', url: `${url}/${known.id}`, json }),
      answer: z.object({ id: z.number() }),
    })
    return { id }
  },
  unregister: async (context: RegisteredContext<Input>) => {
    const id = Number(context.registration['id'])
    try {
      await github.call(context, { method: 'DELETE', url: `${repositoryPath(context.input.repository)}/hooks/${id}` })
    } catch (error) {
      // Somebody has removed it already: there is nothing left to do.
      if (!hasStatus(error, 404)) throw error
    }
  },
  verify: ({ request, secret }) => {
    const [scheme, signature] = (request.headers['x-hub-signature-256'] ?? '').split('=')
    return scheme === 'sha256' && isHmacValid({ secret, content: request.rawBody, signature })
  },
  parse: ({ request, input: { events, actions } }) => {
    const event = request.headers['x-github-event'] ?? ''
    const { body } = request
    const happened = actionOf(body)
    // GitHub sends "ping" once, to see whether anybody answers.
    const isWanted = events.some((wanted) => wanted === event)
    if (!isWanted || (actions.length > 0 && !actions.includes(happened ?? ''))) return []
    const id = request.headers['x-github-delivery'] ?? ''
    return [{ id, data: { event, action: happened, payload: body } }]
  },
})

function actionOf(body: JsonValue): string | null {
  const { data } = z.object({ action: z.string() }).safeParse(body)
  return data?.action ?? null
}
