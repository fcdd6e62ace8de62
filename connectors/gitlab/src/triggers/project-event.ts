import { jsonValue, webhookTrigger, z } from '@inlay/sdk/connector'
import { projectField, projectOptions } from '../project.js'
import { addHook, deliveryId, isFromHook, removeHook } from '../project-hook.js'

const EVENTS = ['issue', 'merge_request', 'note', 'push', 'tag_push', 'build', 'release', 'deployment'] as const

const delivered = z.looseObject({
  object_kind: z.string(),
  action: z.string().optional(),
  object_attributes: z.object({ action: z.string().optional() }).optional(),
})

/** Starts for events of a project. */
export const projectEvent = webhookTrigger({
  name: 'Project event',
  description: 'Starts at once when something happens in a project. The account must be a maintainer of the project.',
  input: z.strictObject({
    project: projectField,
    events: z
      .array(z.enum(EVENTS))
      .min(1)
      .default(['issue'])
      .meta({ title: 'Events', description: 'What to hear of; "note" is a comment, "build" a job.' }),
    actions: z
      .array(z.string())
      .default([])
      .meta({ title: 'Only these actions', examples: [['open', 'close', 'merge']] }),
  }),
  output: z.object({
    event: z.string().meta({ title: 'Event' }),
    action: z.string().nullable().meta({ title: 'Action', description: 'What happened, such as "open".' }),
    payload: jsonValue.meta({ title: 'Payload', description: 'All that GitLab tells of it.' }),
  }),
  sampleOutput: {
    event: 'issue',
    action: 'open',
    payload: {
      object_kind: 'issue',
      object_attributes: { iid: 6, title: 'The cart forgets its items', action: 'open' },
    },
  },
  scopes: ['api'],
  options: { project: projectOptions },
  register: (context) => addHook(context, context.input.events),
  unregister: removeHook,
  verify: isFromHook,
  parse: (delivery) => {
    const { events, actions } = delivery.input
    const { data } = delivered.safeParse(delivery.request.body)
    if (data === undefined || !events.some((wanted) => wanted === data.object_kind)) return []
    const action = data.object_attributes?.action ?? data.action ?? null
    if (actions.length > 0 && !actions.includes(action ?? '')) return []
    return [{ id: deliveryId(delivery), data: { event: data.object_kind, action, payload: delivery.request.body } }]
  },
})
