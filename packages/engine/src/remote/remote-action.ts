import {
  type ActionContext,
  type ActionSuspension,
  type FileRef,
  fileRefSchema,
  suspend,
} from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import { callbackIsOpen } from '../run/callback-gate.js'
import { callOptions } from './call-options.js'
import type { RemoteDefinition } from './definition.js'
import type { RemoteTransport } from './transport.js'
import { wireAuth } from './wire-auth.js'

/** In all, in a call or its answer: they travel in Base64 within JSON. */
const MAX_FILE_BYTES = 10 * 1024 * 1024

/** An action that runs elsewhere. */
interface RemoteActionCall {
  readonly action: string
  /** Whether it may ask to be called back: that opens a wait, which is written down. */
  readonly suspends: boolean
  readonly definition: RemoteDefinition
  readonly transport: RemoteTransport
}

/** Runs an action where it is served: files of the input go along, those that it makes come back. */
export async function runRemoteAction(
  { action, suspends, definition: { version }, transport }: RemoteActionCall,
  context: ActionContext,
): Promise<JsonValue | ActionSuspension> {
  const { auth, idempotencyKey, resumed } = context
  // The input has been through a JSON Schema: it is JSON.
  const input = context.input as JsonValue
  const payload = {
    ...{ action, input, idempotencyKey },
    auth: wireAuth(auth),
    callbackUrl: suspends ? callbackUrlOf(context) : null,
    files: await readFiles(input, context),
    ...(resumed === undefined ? {} : { resumed: { ...resumed } }),
  }
  // The other side may call back at once, and the transport's door is not the attempt's.
  await callbackIsOpen(context)
  const result = await transport.call('action.run', payload, callOptions(context, version))
  if ('suspended' in result) return toSuspension(result.suspended)
  const made = new Map<string, FileRef>()
  for (const { id, name, contentType, bytes } of result.files) {
    made.set(id, await context.files.write({ name, contentType, bytes: Buffer.from(bytes, 'base64') }))
  }
  return withFiles(result.output, made)
}

function toSuspension(given: {
  readonly awaitsCallback: boolean
  readonly state: JsonValue
  readonly resumeAt?: number | undefined
}): ActionSuspension {
  const { awaitsCallback, state, resumeAt } = given
  if (resumeAt !== undefined) return suspend({ resumeAt, awaitsCallback, state })
  if (awaitsCallback) return suspend({ awaitsCallback: true, state })
  throw new StepError('bug', 'The action has suspended itself for ever', {
    detail: 'It needs `resumeAt` or `awaitsCallback`.',
  })
}

/** Hosts without callbacks have none to give; an action that needs one says so itself. */
function callbackUrlOf(context: ActionContext): string | null {
  try {
    return context.callbackUrl()
  } catch {
    return null
  }
}

async function readFiles(input: JsonValue, { files }: ActionContext): Promise<Record<string, string>> {
  const found = fileRefsIn(input)
  const size = found.reduce((sum, file) => sum + file.size, 0)
  if (size > MAX_FILE_BYTES) {
    throw new StepError('limit', 'The files are too large for a connector that runs elsewhere', {
      detail: `Together they have ${size} bytes; ${MAX_FILE_BYTES} can go along with a call.`,
    })
  }
  const read = await Promise.all(
    found.map(async (file) => [file.$file, Buffer.from(await files.read(file)).toString('base64')] as const),
  )
  return Object.fromEntries(read)
}

/** All files that a value refers to, at any depth. */
export function fileRefsIn(value: JsonValue): FileRef[] {
  if (typeof value !== 'object' || value === null) return []
  const file = fileRefSchema.safeParse(value)
  if (file.success) return [file.data]
  return Object.values(value as JsonObject | readonly JsonValue[]).flatMap(fileRefsIn)
}

/** The value with references to new files in place of what the connector called them. */
function withFiles(value: JsonValue, made: ReadonlyMap<string, FileRef>): JsonValue {
  if (made.size === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: JsonValue) => withFiles(item, made))
  const file = fileRefSchema.safeParse(value)
  const kept = file.success ? made.get(file.data.$file) : undefined
  if (kept !== undefined) return kept
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withFiles(member, made)]))
}
