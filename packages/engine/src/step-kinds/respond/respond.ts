import { z } from 'zod'
import { jsonObject, jsonValue } from '../../compile/json-schema.js'
import { StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import type { WebhookResponse } from '../../contracts/run.js'
import type { StepKind } from '../step-kind.js'

/** Headers that frame the message or belong to the server: an answer may not set them. */
const RESERVED_HEADERS = new Set(['content-length', 'transfer-encoding', 'connection', 'set-cookie', 'date', 'server'])

/** What Node.js sends: Latin-1 without control characters. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** `respond`: answers the HTTP caller of a webhook trigger; the run goes on afterwards. */
export const respondKind: StepKind<'respond'> = {
  type: 'respond',
  schema: () => ({
    type: z.literal('respond'),
    status: jsonValue.exactOptional(),
    headers: jsonObject.exactOptional(),
    body: jsonValue.exactOptional(),
  }),
  compile: (step, compiler) => {
    const status = compiler.template(step.status ?? 200, '/status')
    const headers = compiler.template(step.headers ?? {}, '/headers')
    const body = compiler.template(step.body ?? null, '/body')
    return {
      nature: 'leaf',
      isPure: false,
      run: async (call) => {
        const { frame, step: compiled, address, startedAt } = call
        const response: WebhookResponse = {
          status: readStatus(frame.evaluate(status)),
          headers: readHeaders(frame.evaluate(headers)),
          body: frame.evaluate(body),
        }
        const { activation } = frame
        const output = { status: response.status, headers: response.headers, body: response.body }
        const finishedAt = activation.now()
        call.isRecorded = true
        await activation.respond(
          { ...address, type: compiled.type, status: 'succeeded', attempt: 1, output, startedAt, finishedAt },
          response,
        )
        return output
      },
    }
  },
}

function readStatus(value: JsonValue): number {
  const status = typeof value === 'string' ? Number(value) : value
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status
  throw new StepError('validation', 'The answer has no valid HTTP status', {
    detail: `"status" must be a whole number from 200 to 599, not ${JSON.stringify(value)}.`,
  })
}

function readHeaders(value: JsonValue): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, content] of Object.entries(value ?? {})) {
    const lower = name.toLowerCase()
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(lower) || RESERVED_HEADERS.has(lower) || !HEADER_VALUE.test(text)) {
      throw new StepError('validation', `The answer cannot have the header "${name}"`, {
        detail:
          'Header names are letters, digits and dashes; values are plain text without line breaks; the server sets its own.',
      })
    }
    headers[lower] = text
  }
  return headers
}
