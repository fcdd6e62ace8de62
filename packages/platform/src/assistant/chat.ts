import { type HttpClient, StepError } from '@inlay/engine'
import { z } from 'zod'
import type { AiConfig } from '../config/index.js'
import { assistantFailed } from './errors.js'

const TIMEOUT_MS = 90_000
const MAX_ANSWER_BYTES = 1_048_576

/** A turn of a conversation, as the chat completions API has it. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** Asks the operator's model for a JSON object. */
export type AskModel = (messages: readonly ChatMessage[], signal?: AbortSignal) => Promise<string>

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })

/**
 * A model behind the chat completions API of OpenAI, which most providers and local servers speak
 * (https://platform.openai.com/docs/api-reference/chat).
 *
 * @throws UserError `assistant.failed`
 */
export function createModel({ url, key, model }: AiConfig, http: HttpClient): AskModel {
  return async (messages, signal) => {
    const response = await http
      .request({
        method: 'POST',
        url: `${url}/chat/completions`,
        headers: { authorization: `Bearer ${key}` },
        json: {
          model,
          messages: messages.map((message) => ({ ...message })),
          response_format: { type: 'json_object' },
        },
        timeoutMs: TIMEOUT_MS,
        maxResponseBytes: MAX_ANSWER_BYTES,
        ...(signal === undefined ? {} : { signal }),
      })
      .catch((error: unknown) => {
        const isSlow = error instanceof StepError && error.kind === 'timeout'
        throw assistantFailed(isSlow ? 'The answer took too long. Try again, in fewer words.' : TRY_LATER, error)
      })
    if (response.status !== 200) throw assistantFailed(TRY_LATER, new Error(`The model answered ${response.status}.`))
    const read = completion.safeParse(jsonOf(response.text))
    const content = read.data?.choices[0]?.message.content
    if (content === undefined) throw assistantFailed(TRY_LATER, new Error('The model answered in another shape.'))
    return content
  }
}

const TRY_LATER = 'The service that writes it did not answer as it should. Try again later, or start from a template.'

/** What a text holds as JSON; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
