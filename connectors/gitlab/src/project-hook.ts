import {
  isSameText,
  type JsonObject,
  type RegisteredContext,
  type WebhookContext,
  type WebhookDelivery,
  z,
} from '@inlay/sdk/connector'
import { gitlab, isMissing } from './gitlab-api.js'
import { projectPath } from './project.js'

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

/** Tells GitLab to call the workflow when something of these kinds happens in a project. */
export async function addHook(
  context: WebhookContext<{ readonly project: string }>,
  events: readonly HookEvent[],
): Promise<JsonObject> {
  // GitLab sends pushes unless it is told not to.
  const wanted = Object.entries(HOOK_EVENTS).map(([event, field]) => [field, events.some((each) => each === event)])
  const { id } = await gitlab.call(context, {
    method: 'POST',
    url: `${projectPath(context.input.project)}/hooks`,
    json: {
      url: context.webhookUrl,
      token: context.secret,
      enable_ssl_verification: true,
      ...Object.fromEntries(wanted),
    },
    answer: z.object({ id: z.number() }),
  })
  return { id }
}

/** Tells GitLab to call no more. */
export async function removeHook(context: RegisteredContext<{ readonly project: string }>): Promise<void> {
  const id = Number(context.registration['id'])
  try {
    await gitlab.call(context, { method: 'DELETE', url: `${projectPath(context.input.project)}/hooks/${id}` })
  } catch (error) {
    // Somebody has removed it already: there is nothing left to do.
    if (!isMissing(error)) throw error
  }
}

/** Whether GitLab sent it: it sends the secret itself. */
export function isFromHook({ request, secret }: WebhookDelivery): boolean {
  return secret !== '' && isSameText(secret, request.headers['x-gitlab-token'])
}

/** The id of a delivery: the same when GitLab tries again. */
export function deliveryId({ request: { headers } }: WebhookDelivery): string {
  return headers['idempotency-key'] ?? headers['x-gitlab-event-uuid'] ?? ''
}
