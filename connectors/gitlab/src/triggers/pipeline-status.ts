import { jsonValue, webhookTrigger, z } from '@inlay/sdk/connector'
import { branchOptions, projectField, projectOptions } from '../project.js'
import { addHook, deliveryId, isFromHook, removeHook } from '../project-hook.js'

const STATUSES = ['pending', 'running', 'success', 'failed', 'canceled', 'skipped', 'manual'] as const

const delivered = z.looseObject({
  object_kind: z.literal('pipeline'),
  object_attributes: z.object({
    id: z.number(),
    status: z.string(),
    ref: z.string(),
    sha: z.string(),
    url: z.string().nullish(),
    duration: z.number().nullish(),
  }),
})

/** Starts when a pipeline comes to a status. */
export const pipelineStatus = webhookTrigger({
  name: 'Pipeline succeeded or failed',
  description: 'Starts at once when a pipeline comes to a status. The account must be a maintainer of the project.',
  input: z.strictObject({
    project: projectField,
    statuses: z.array(z.enum(STATUSES)).min(1).default(['success', 'failed']).meta({ title: 'Statuses' }),
    ref: z.string().optional().meta({ title: 'Branch or tag', description: 'By default all.' }),
  }),
  output: z.object({
    id: z.number().meta({ title: 'Id' }),
    status: z.string().meta({ title: 'Status' }),
    ref: z.string().meta({ title: 'Branch or tag' }),
    sha: z.string().meta({ title: 'Commit' }),
    url: z.string().nullable().meta({ title: 'Address' }),
    duration: z.number().nullable().meta({ title: 'Duration', description: 'Seconds.' }),
    payload: jsonValue.meta({ title: 'Payload', description: 'All that GitLab tells of it.' }),
  }),
  sampleOutput: {
    id: 287,
    status: 'success',
    ref: 'main',
    sha: 'a91957a858320c0e17f3a0eca7cfacbff50ea29a',
    url: 'https://gitlab.com/acme/shop/-/pipelines/287',
    duration: 63,
    payload: { object_kind: 'pipeline' },
  },
  scopes: ['api'],
  options: { project: projectOptions, ref: branchOptions },
  register: (context) => addHook(context, ['pipeline']),
  unregister: removeHook,
  verify: isFromHook,
  parse: (delivery) => {
    const { statuses, ref: wanted } = delivery.input
    const { data } = delivered.safeParse(delivery.request.body)
    if (data === undefined) return []
    const { id, status, ref, sha, url = null, duration = null } = data.object_attributes
    if (!statuses.some((each) => each === status) || (wanted !== undefined && wanted !== ref)) return []
    const payload = delivery.request.body
    return [{ id: deliveryId(delivery), data: { id, status, ref, sha, url, duration, payload } }]
  },
})
