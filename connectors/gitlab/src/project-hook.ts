import { createHash } from 'node:crypto'
import {
  collectPages,
  hasStatus,
  isHmacValid,
  isRecent,
  isSameText,
  type JsonObject,
  type RegisteredContext,
  type WebhookContext,
  type WebhookDelivery,
  z,
} from '@inlay/sdk/connector'
import { gitlab } from './gitlab-api.js'
import { projectPath, readPage } from './project.js'

/** Kinds of events, by their name in deliveries, and the field that asks for them. */
const HOOK_EVENTS = {
  issue: 'issues_events',
  merge_request: 'merge_requests_events',
  note: 'note_events',
  push: 'push_events',
  tag_push: 'tag_push_events',
  pipeline: 'pipeline_events',
  build: 'job_events',
  release: 'releases_events',
  deployment: 'deployment_events',
} as const

/** The name of a kind of event. */
type HookEvent = keyof typeof HOOK_EVENTS

type HookContext = WebhookContext<{ readonly project: string }>

/**
 * Tells GitLab to call the workflow when something of these kinds happens in a project. GitLab from 18.11 on signs what it
 * sends (https://docs.gitlab.com/user/project/integrations/webhooks/); older ones send the secret itself.
 */
export async function addHook(context: HookContext, events: readonly HookEvent[]): Promise<JsonObject> {
  await removeLeft(context)
  // GitLab sends pushes unless it is told not to.
  const wanted = Object.entries(HOOK_EVENTS).map(([event, field]) => [field, events.some((each) => each === event)])
  const { id, signing_token_present: isSigned } = await gitlab.call(context, {
    method: 'POST',
    url: hooksPath(context),
    json: {
      url: context.webhookUrl,
      token: context.secret,
      signing_token: `whsec_${signingKey(context.secret).toString('base64')}`,
      enable_ssl_verification: true,
      ...Object.fromEntries(wanted),
    },
    answer: z.object({ id: z.number(), signing_token_present: z.boolean().default(false) }),
  })
  return { id, isSigned }
}

/** What an earlier attempt to register left behind would tell everything twice. */
async function removeLeft(context: HookContext): Promise<void> {
  const hook = z.object({ id: z.number(), url: z.string() })
  const list = { url: hooksPath(context), query: {}, item: hook }
  const known = await collectPages((page: number) => readPage(context, { ...list, page }), 1)
  for (const { id } of known.filter(({ url }) => url === context.webhookUrl)) await remove(context, id)
}

/** Tells GitLab to call no more. */
export function removeHook(context: RegisteredContext<{ readonly project: string }>): Promise<void> {
  return remove(context, Number(context.registration['id']))
}

async function remove(context: HookContext, id: number): Promise<void> {
  try {
    await gitlab.call(context, { method: 'DELETE', url: `${hooksPath(context)}/${id}` })
  } catch (error) {
    // Somebody has removed it already: there is nothing left to do.
    if (!hasStatus(error, 404)) throw error
  }
}

function hooksPath({ input }: HookContext): string {
  return `${projectPath(input.project)}/hooks`
}

/** The key of 32 bytes that GitLab asks for. */
function signingKey(secret: string): Buffer {
  return createHash('sha256').update(`signing:${secret}`).digest()
}

/** Whether GitLab sent it: it signs (https://www.standardwebhooks.com), or an older one sends the secret itself. */
export function isFromHook({ request: { headers, rawBody }, secret, registration, now }: WebhookDelivery): boolean {
  if (secret === '') return false
  if (registration['isSigned'] !== true) return isSameText(secret, headers['x-gitlab-token'])
  const id = headers['webhook-id'] ?? ''
  const sentAt = headers['webhook-timestamp'] ?? ''
  if (!isRecent({ sentAtMs: Number(sentAt || Number.NaN) * 1000, now })) return false
  const content = Buffer.concat([Buffer.from(`${id}.${sentAt}.`), rawBody])
  const signatures = (headers['webhook-signature'] ?? '').split(' ').map((each) => /^v1,(.+)$/.exec(each)?.[1])
  return signatures.some((signature) =>
    isHmacValid({ secret: signingKey(secret), content, signature, encoding: 'base64' }),
  )
}

/**
 * The id of a delivery: the same when GitLab tries again. `X-Gitlab-Event-UUID` is none: hooks that set off others share
 * one. A GitLab before 17.4 sends no id, but the same bytes.
 */
export function deliveryId({ request: { headers, rawBody } }: WebhookDelivery): string {
  return headers['idempotency-key'] ?? createHash('sha256').update(rawBody).digest('hex')
}
