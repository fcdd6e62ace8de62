import {
  type ActionContext,
  type ActionResumption,
  type ConnectorAction,
  type FileRef,
  type FileStore,
  fileRefSchema,
  fromJsonSchema,
  type JsonObject,
  type JsonValue,
  jsonObject,
  jsonValue,
  suspend,
  z,
} from '@inlay/sdk/connector'
import type { PieceMember } from '../description.js'
import { callPiece, type RunnablePiece } from '../piece-calls.js'
import type { PieceCall } from '../protocol.js'
import { toPieceAuth } from './auth.js'
import { callerOf } from './caller.js'
import { toForm } from './form.js'
import { objectSchema } from './properties.js'

const resultSchema = z.union([
  z.object({ output: jsonValue }),
  z.object({ suspension: z.object({ awaitsCallback: z.boolean(), resumeAt: z.number().optional() }) }),
])

/** An action of a piece as one of ours. */
export function toAction(runnable: RunnablePiece, member: PieceMember): ConnectorAction {
  const { displayName, description, properties, sample } = member
  return {
    name: displayName,
    description: description === '' ? displayName : description,
    input: fromJsonSchema(objectSchema(properties)),
    // Pieces do not say what they give.
    output: fromJsonSchema({}),
    ...(sample === undefined ? {} : { sampleOutput: sample }),
    scopes: [],
    ...toForm(runnable, 'action', member),
    run: (context) => runAction(runnable, member, context),
  }
}

async function runAction(runnable: RunnablePiece, member: PieceMember, context: ActionContext) {
  const { http, signal, files, store, log } = context
  const call = await toCall(member, context)
  const doors = { http, signal, files, stores: store, log, owner: call.customer }
  const result = resultSchema.parse(await callPiece(runnable, call, doors))
  if ('output' in result) return result.output
  const { resumeAt, awaitsCallback } = result.suspension
  return resumeAt === undefined ? suspend({ awaitsCallback: true }) : suspend({ resumeAt, awaitsCallback })
}

async function toCall(member: PieceMember, context: ActionContext): Promise<Extract<PieceCall, { kind: 'action' }>> {
  const { auth, input, files, idempotencyKey, resumed } = context
  const opened = toPieceAuth(auth)
  const callbackUrl = callbackOf(context)
  return {
    kind: 'action',
    name: member.name,
    input: await withFiles(member, jsonObject.parse(input), files),
    ...callerOf(context),
    runId: idempotencyKey,
    ...(opened === undefined ? {} : { auth: opened }),
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
    ...(resumed === undefined ? {} : { resumed: resumePayload(resumed) }),
  }
}

/** A host without callbacks says so when a piece asks for one, not before. */
function callbackOf(context: ActionContext): string | undefined {
  try {
    return context.callbackUrl()
  } catch {
    return undefined
  }
}

function resumePayload({ payload }: ActionResumption): JsonObject {
  return { body: payload ?? {}, headers: {}, queryParams: {} }
}

async function withFiles({ properties }: PieceMember, input: JsonObject, files: FileStore): Promise<JsonObject> {
  const read = async (ref: FileRef): Promise<JsonValue> => {
    return { name: ref.name, base64: Buffer.from(await files.read(ref)).toString('base64') }
  }
  const changed: Record<string, JsonValue> = {}
  for (const { name, type } of properties) {
    const given = fileRefSchema.safeParse(input[name])
    if (type === 'FILE' && given.success) changed[name] = await read(given.data)
  }
  return { ...input, ...changed }
}
