import { type HttpClient, type HttpRequest, type HttpResponse, isInlayError, misfits, StepError } from '@inlay/engine'
import { z } from 'zod'
import { responseError } from './response-error.js'

/** A service's API, with its own way to say no. */
export interface Service {
  /**
   * Sends one request and reads its answer.
   *
   * @throws StepError by the status of the answer or `refusal`; `communication` when the answer is not what it should be
   */
  call<Answer extends z.ZodType = typeof anything>(
    context: ServiceContext,
    call: ServiceCall<Answer>,
  ): Promise<z.output<Answer>>
  /** As `call`, with the response: for answers whose headers count, as the `Link` of a next page. */
  send<Answer extends z.ZodType = typeof anything>(
    context: ServiceContext,
    call: ServiceCall<Answer>,
  ): Promise<{ readonly answer: z.output<Answer>; readonly response: HttpResponse }>
  /**
   * Sends one request and gives the response as it is: for files, and for redirects that are not followed.
   *
   * @throws StepError by `refusal`, or by a status from 400 on
   */
  raw(context: ServiceContext, request: Omit<HttpRequest, 'signal'>): Promise<HttpResponse>
}

/** What a call needs of the context of an action, trigger or loader. */
export interface ServiceContext {
  readonly http: HttpClient
  readonly signal: AbortSignal
}

/** A request, and what its answer must hold. */
export interface ServiceCall<Answer extends z.ZodType = z.ZodType> extends Omit<HttpRequest, 'signal'> {
  /** @default any JSON, or nothing */
  readonly answer?: Answer
}

/** How a service is told apart. */
export interface ServiceOptions {
  /** As people write it; errors begin with it. */
  readonly name: string
  /** The error in an answer, for services that tell in their own way; undefined for answers that are no refusal of that way. */
  readonly refusal?: (response: HttpResponse) => StepError | undefined
}

const anything = z.unknown()
const NO_CONTENT = 204
const QUOTED = 200

/**
 * Makes calls of one service short: refusals become typed errors, answers are checked against a schema.
 *
 * @example
 * const acme = service({ name: 'Acme' })
 * const order = await acme.call(context, { url: `/orders/${encodeURIComponent(id)}`, answer: orderSchema })
 */
export function service({ name, refusal }: ServiceOptions): Service {
  const raw: Service['raw'] = async (context, request) => {
    const response = await context.http.request({ ...request, signal: context.signal })
    const refused = refusal?.(response)
    if (refused !== undefined) throw refused
    if (response.status >= 400) throw responseError(name, response)
    return response
  }
  const send: Service['send'] = async (context, { answer, ...request }) => {
    const response = await raw(context, request)
    if (response.status < 200 || response.status > 299) throw responseError(name, response)
    return { answer: readAnswer(name, response, answer), response }
  }
  return { raw, send, call: async (context, call) => (await send(context, call)).answer }
}

function readAnswer<Answer extends z.ZodType>(
  name: string,
  response: HttpResponse,
  answer: Answer | undefined,
): z.output<Answer> {
  const isEmpty = response.status === NO_CONTENT || response.text.trim() === ''
  // Without a schema the answer's type is unknown, which takes whatever there is.
  if (answer === undefined && isEmpty) return undefined as z.output<Answer>
  const given = isEmpty ? undefined : readJson(name, response)
  if (answer === undefined) return given as z.output<Answer>
  const parsed = answer.safeParse(given)
  if (parsed.success) return parsed.data
  throw new StepError('communication', `${name} gave an answer that is not understood`, {
    detail: misfits(parsed.error, 'answer').slice(0, 5).join('; '),
    retryable: false,
  })
}

function readJson(name: string, response: HttpResponse): unknown {
  try {
    return response.json()
  } catch (cause) {
    if (!isInlayError(cause)) throw cause
    const isPage = /html/i.test(response.headers['content-type'] ?? '') || /^\s*</.test(response.text)
    throw new StepError('communication', `${name} answered with ${isPage ? 'a web page' : 'a text'} instead of JSON`, {
      detail: `It begins with: ${response.text.trim().slice(0, QUOTED)}`,
      cause,
    })
  }
}
