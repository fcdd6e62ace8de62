import {
  context,
  createContextKey,
  ProxyTracerProvider,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { HttpMethod } from '../contracts/connector.js'
import { isInlayError } from '../contracts/errors.js'

/** Whose call it is, for its span. */
export interface CallOrigin {
  readonly connectorId: string
  readonly connectionId?: string | undefined
  /** 1 for the first. */
  readonly attempt?: number | undefined
}

const ORIGIN = createContextKey('inlay.call')

/** Makes calls whose spans say whose they are. Without an OpenTelemetry SDK in the process it only makes them. */
export function callFrom<T>(origin: CallOrigin, call: () => T): T {
  if (!isTraced()) return call()
  return context.with(context.active().setValue(ORIGIN, origin), call)
}

const NAME = '@inlay/engine'

/** Whether there is an SDK at all: most processes have none, and every call would pay for contexts that nobody reads. */
function isTraced(): boolean {
  const provider = trace.getTracerProvider()
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer(NAME) !== undefined
}

/**
 * Spans of outbound calls, with the names of OpenTelemetry's conventions for HTTP clients. They hold methods, hosts and
 * statuses; never a path, a query, a header or a body.
 */
export class CallTracer {
  private readonly tracer = trace.getTracer(NAME)
  private readonly traceHosts: ReadonlySet<string>

  /** @param traceHosts hosts that are told of the trace: names, with the port when it is not the usual one */
  constructor(traceHosts: readonly string[] = []) {
    this.traceHosts = new Set(traceHosts)
  }

  /** Begins the span of a request, and tells the host of the trace when it is one of ours. */
  request(method: HttpMethod, url: URL, headers: Record<string, string>): CallSpan {
    if (!isTraced()) return NO_SPAN
    const span = this.start(method)
    if (this.traceHosts.has(url.host)) propagation.inject(trace.setSpan(context.active(), span), headers)
    if (!span.isRecording()) return NO_SPAN
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    span.setAttributes({ 'http.request.method': method, 'server.address': url.hostname, 'server.port': port })
    return new RecordedSpan(span)
  }

  /** Begins the span of a connection. */
  connect(host: string, port: number): CallSpan {
    if (!isTraced()) return NO_SPAN
    const span = this.start('connect')
    if (!span.isRecording()) return NO_SPAN
    span.setAttributes({ 'network.transport': 'tcp', 'server.address': host, 'server.port': port })
    return new RecordedSpan(span)
  }

  private start(name: string): Span {
    const span = this.tracer.startSpan(name, { kind: SpanKind.CLIENT })
    if (!span.isRecording()) return span
    // Whatever is kept under this key was put there above.
    const origin = context.active().getValue(ORIGIN) as CallOrigin | undefined
    if (origin === undefined) return span
    const { connectorId, connectionId, attempt = 1 } = origin
    span.setAttribute('inlay.connector.id', connectorId)
    if (connectionId !== undefined) span.setAttribute('inlay.connection.id', connectionId)
    if (attempt > 1) span.setAttribute('http.request.resend_count', attempt - 1)
    return span
  }
}

/** How a call ended; one of the two is called, once. */
export interface CallSpan {
  ended(status?: number): void
  failed(error: unknown): void
}

const NO_SPAN: CallSpan = { ended: () => undefined, failed: () => undefined }

class RecordedSpan implements CallSpan {
  constructor(private readonly span: Span) {}

  ended(status?: number): void {
    if (status !== undefined) {
      this.span.setAttribute('http.response.status_code', status)
      if (status >= 400) this.markFailed(String(status))
    }
    this.span.end()
  }

  failed(error: unknown): void {
    // Codes such as `step.timeout`; messages stay out, since they may quote what the service said.
    this.markFailed(isInlayError(error) ? error.code : 'unknown')
    this.span.end()
  }

  private markFailed(type: string): void {
    this.span.setAttribute('error.type', type)
    this.span.setStatus({ code: SpanStatusCode.ERROR })
  }
}
