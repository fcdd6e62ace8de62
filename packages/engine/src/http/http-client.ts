import type { HttpClient, HttpRequest, HttpResponse } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { toCallFailure } from './call-failure.js'
import type { CallTracer } from './call-span.js'
import { Deadline } from './deadline.js'
import { decodeBeginning, decodeBody } from './decode-body.js'
import { DecodedResponse } from './decoded-response.js'
import { type ExchangeLimits, exchange, type RawAnswer } from './exchange.js'
import type { OriginPools } from './origin-pools.js'
import { type Outgoing, toOutgoing, toRedirected } from './outgoing.js'

const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024
const DEFAULT_MAX_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** HTTP over connections that lead to permitted destinations only. */
export class SafeHttpClient implements HttpClient {
  constructor(
    private readonly pools: OriginPools,
    private readonly tracer: CallTracer,
    private readonly userAgent: string,
  ) {}

  async request(request: HttpRequest): Promise<HttpResponse> {
    const outgoing = toOutgoing(request, this.userAgent)
    const deadline = new Deadline({
      ms: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      what: outgoing.url.host,
      signal: request.signal,
    })
    const { keepBytes, maxResponseBytes: maxBytes = DEFAULT_MAX_BYTES } = request
    const limits = { deadline, maxBytes, keepBytes }
    const span = this.tracer.request(outgoing.method, outgoing.url, outgoing.headers)
    try {
      const answer = await this.follow(outgoing, request.maxRedirects ?? DEFAULT_MAX_REDIRECTS, limits)
      const body = keepBytes === undefined ? decodeBody(answer, maxBytes) : decodeBeginning(answer, keepBytes)
      const response = new DecodedResponse(answer, await body)
      span.ended(answer.status)
      return response
    } catch (error) {
      span.failed(error)
      throw error
    } finally {
      deadline.clear()
    }
  }

  private async follow(first: Outgoing, maxRedirects: number, limits: ExchangeLimits): Promise<RawAnswer> {
    let outgoing = first
    for (let hop = 0; ; hop++) {
      const answer = await this.send(outgoing, limits)
      const { location } = answer.headers
      if (location === undefined || maxRedirects === 0 || !REDIRECTS.has(answer.status)) return answer
      if (hop === maxRedirects) throw tooManyRedirects(outgoing.url, maxRedirects)
      outgoing = toRedirected(outgoing, answer.status, location)
    }
  }

  private async send({ url, method, headers, body }: Outgoing, limits: ExchangeLimits) {
    try {
      const path = url.pathname + url.search
      return await exchange(this.pools.of(url.origin), { path, method, headers, body }, limits)
    } catch (error) {
      throw toCallFailure(error, url.host)
    }
  }
}

function tooManyRedirects(url: URL, most: number): StepError {
  return new StepError('rejected', `${url.host} redirects too often`, {
    detail: `At most ${most} redirects are followed. Call the address it should go to directly.`,
  })
}
