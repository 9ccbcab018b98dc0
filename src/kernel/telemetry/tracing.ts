/** Tracing that runs until it is stopped. */
export interface Tracing {
  stop(): Promise<void>
}

/**
 * Sends traces to an OpenTelemetry collector (OTLP over HTTP) when the operator named one. Spans
 * are named by route pattern and carry no address, header or body (design.md 3.4).
 */
export async function startTracing(url: string | undefined): Promise<Tracing> {
  if (!url) return { stop: async () => {} }
  const { startProvider } = await import('./tracing-provider.ts')
  return startProvider(url)
}
