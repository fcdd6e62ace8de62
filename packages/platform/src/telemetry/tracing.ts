/** Spans that go to a collector. */
export interface Tracing {
  /** Sends what is left; gives up after a few seconds. */
  stop(): Promise<void>
}

interface TracingOptions {
  /** The process's name: `service.name` of each span. */
  readonly service: string
  /** Where OTLP over HTTP is taken (`OTEL_EXPORTER_OTLP_ENDPOINT`), without `/v1/traces`. Absent: nothing is traced. */
  readonly endpoint: string | undefined
}

/**
 * Sends the spans of this process to an OpenTelemetry collector. The SDK is loaded only when there is one: most
 * deployments should not pay for it. Headers and sampling follow the SDK's own variables, `OTEL_EXPORTER_OTLP_HEADERS` and
 * `OTEL_TRACES_SAMPLER`.
 */
export async function startTracing({ service, endpoint }: TracingOptions): Promise<Tracing> {
  if (endpoint === undefined) return { stop: async () => undefined }
  const [{ OTLPTraceExporter }, { resourceFromAttributes }, { BatchSpanProcessor, NodeTracerProvider }] =
    await Promise.all([
      import('@opentelemetry/exporter-trace-otlp-proto'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-node'),
    ])
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  provider.register()
  // A collector that is away must not keep the process from ending.
  return { stop: () => provider.shutdown().catch(() => undefined) }
}
