import { SpanStatusCode, trace } from '@opentelemetry/api'

/** Tracing that runs until it is stopped. */
export interface Tracing {
  stop(): Promise<void>
}

/**
 * Sends traces to an OpenTelemetry collector (OTLP over HTTP) when the operator named one. Spans
 * are named by route pattern or job and carry no address, header or body (design.md 3.4).
 */
export async function startTracing(url: string | undefined): Promise<Tracing> {
  if (!url) return { stop: async () => {} }
  const { startProvider } = await import('./tracing-provider.ts')
  return startProvider(url)
}

/** What a span may say beside its name: numbers and words of our own code. */
export interface SpanFacts {
  milliseconds: number
  status?: number
  failed?: boolean
}

/** Records something that has just ended. Costs nothing where no collector was named. */
export function recordSpan(name: string, { milliseconds, status, failed }: SpanFacts): void {
  const now = Date.now()
  const span = trace.getTracer('porchlight').startSpan(name, { startTime: now - milliseconds })
  if (status !== undefined) span.setAttribute('http.response.status_code', status)
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(now)
}
