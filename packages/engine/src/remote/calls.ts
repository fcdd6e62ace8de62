import { z } from 'zod'
import { jsonObject, jsonValue } from '../compile/json-schema.js'
import { ERROR_KINDS, type ErrorKind, StepError } from '../contracts/errors.js'
import { remoteDefinitionSchema } from './definition.js'

const MAX_PROBLEM_TEXT = 2000

const auth = z.looseObject({ kind: z.string(), fields: jsonObject })
const place = { action: z.string().optional(), trigger: z.string().optional() }
const registered = { registration: jsonObject, webhookUrl: z.string(), secret: z.string() }
const request = z.object({
  method: z.string(),
  /** Control planes of older versions do not tell. */
  url: z.string().default(''),
  headers: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.string()),
  /** Base64. */
  rawBody: z.string(),
  body: jsonValue,
})
const triggerCall = { trigger: z.string(), input: jsonValue, auth }
const delivery = { ...triggerCall, request, secret: z.string(), registration: jsonObject, now: z.number() }
const item = z.object({ id: z.string().min(1).max(500), data: jsonValue })

/** Bytes of files, in Base64, by the id in `$file`. */
const files = z.record(z.string(), z.string())

/** What may be asked of a served connector, by the call's name: the parts beside those that all calls have. */
const payloads = {
  describe: z.object({}),
  'action.run': z.object({
    action: z.string(),
    input: jsonValue,
    auth,
    idempotencyKey: z.string(),
    callbackUrl: z.string().nullable(),
    resumed: z.object({ state: jsonValue, reason: z.enum(['callback', 'time']), payload: jsonValue }).optional(),
    files,
  }),
  'form.options': z.object({
    ...place,
    field: z.string(),
    input: jsonObject,
    auth,
    search: z.string(),
    cursor: z.string().optional(),
  }),
  'form.schema': z.object({ ...place, field: z.string(), input: jsonObject, auth }),
  'form.outputSchema': z.object({ ...place, input: jsonObject, auth }),
  'connection.test': z.object({ auth }),
  'connection.account': z.object({ auth }),
  'trigger.poll': z.object({ ...triggerCall, cursor: jsonValue, isFirst: z.boolean(), now: z.number() }),
  'trigger.register': z.object({ ...triggerCall, webhookUrl: z.string(), secret: z.string() }),
  'trigger.unregister': z.object({ ...triggerCall, ...registered }),
  'trigger.renew': z.object({ ...triggerCall, ...registered }),
  'trigger.handshake': z.object(delivery),
  'trigger.verify': z.object(delivery),
  'trigger.parse': z.object(delivery),
  'trigger.answer': z.object({ ...delivery, items: z.array(item) }),
} as const

/** What may be asked of a served connector. */
export type RemoteCallName = keyof typeof payloads

/** What goes along with a call, by its name. */
export type RemotePayload<Name extends RemoteCallName> = z.infer<(typeof payloads)[Name]>

const callSchema = z.object({
  connector: z.string(),
  version: z.string().optional(),
  /** On whose behalf; absent for calls that are nobody's, such as `describe`. */
  customer: z.object({ id: z.string(), externalId: z.string().nullable() }).nullable(),
  call: z.enum(Object.keys(payloads) as [RemoteCallName, ...RemoteCallName[]]),
})

/** A call as it goes over the wire. */
export type RemoteCall = z.infer<typeof callSchema> & { readonly payload: unknown }

/** @returns undefined for what is no call of this protocol */
export function readCall(body: unknown): RemoteCall | undefined {
  const parsed = callSchema.extend({ payload: z.unknown() }).safeParse(body)
  return parsed.success ? parsed.data : undefined
}

/** @throws ZodError for a payload that is not this call's */
export function readPayload<Name extends RemoteCallName>(name: Name, payload: unknown): RemotePayload<Name> {
  // The schema is the one that the type is inferred from, which indexing by a type parameter hides.
  return payloads[name].parse(payload) as RemotePayload<Name>
}

const webhookAnswer = z.object({
  status: z.number().exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  body: jsonValue.exactOptional(),
})

/** What calls resolve to, by their name. */
export const remoteResults = {
  describe: remoteDefinitionSchema,
  'action.run': z.union([
    z.object({
      output: jsonValue,
      files: z.array(z.object({ id: z.string(), name: z.string(), contentType: z.string(), bytes: z.string() })),
    }),
    z.object({
      suspended: z.object({ resumeAt: z.number().optional(), awaitsCallback: z.boolean(), state: jsonValue }),
    }),
  ]),
  'form.options': z.object({
    options: z.array(z.object({ value: jsonValue, label: z.string(), description: z.string().exactOptional() })),
    nextCursor: z.string().exactOptional(),
  }),
  'form.schema': jsonObject,
  'form.outputSchema': jsonObject,
  'connection.test': z.null(),
  'connection.account': z.object({ id: z.string().min(1), label: z.string() }),
  'trigger.poll': z.object({ items: z.array(item), cursor: jsonValue, hasMore: z.boolean().exactOptional() }),
  'trigger.register': jsonObject,
  'trigger.unregister': z.null(),
  'trigger.renew': jsonObject,
  'trigger.handshake': webhookAnswer.nullable(),
  'trigger.verify': z.boolean(),
  'trigger.parse': z.array(item),
  'trigger.answer': webhookAnswer,
} as const satisfies Record<RemoteCallName, z.ZodType>

/** What a call resolves to, by its name. */
export type RemoteResult<Name extends RemoteCallName> = z.infer<(typeof remoteResults)[Name]>

const problem = z.object({
  kind: z.enum(Object.keys(ERROR_KINDS) as [ErrorKind, ...ErrorKind[]]),
  title: z.string().max(MAX_PROBLEM_TEXT),
  detail: z.string().max(MAX_PROBLEM_TEXT).optional(),
  retryable: z.boolean().optional(),
  retryAfterMs: z.number().nonnegative().optional(),
  data: jsonValue.optional(),
})

/** An answer as it comes over the wire. */
export const remoteAnswerSchema = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: problem }),
])

/** What went wrong at a served connector, as it goes over the wire. */
export type RemoteProblem = z.infer<typeof problem>

/** The error that a served connector told. */
export function toStepError({ kind, title, detail, retryable, retryAfterMs, data }: RemoteProblem): StepError {
  return new StepError(kind, title, {
    ...(detail === undefined ? {} : { detail }),
    ...(retryable === undefined ? {} : { retryable }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(data === undefined ? {} : { data }),
  })
}
