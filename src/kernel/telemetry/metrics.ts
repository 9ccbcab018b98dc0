import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the process counts of itself. Labels are route patterns and our own words only. */
export interface Metrics {
  registry: Registry
  httpSeconds: Histogram<'method' | 'route' | 'status'>
  jobSeconds: Histogram<'job' | 'outcome'>
  streamClients: Gauge
  keysShredded: Counter
  textSegments: Counter<'outcome'>
}

/** A fresh registry: one a process, and one a test. */
export function makeMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'porchlight_' })
  const registers = [registry]
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'porchlight_http_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'porchlight_job_seconds',
      help: 'Time a job ran',
      labelNames: ['job', 'outcome'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    streamClients: new Gauge({
      name: 'porchlight_stream_clients',
      help: 'Listeners to the live stream',
      registers,
    }),
    textSegments: new Counter({
      name: 'porchlight_text_segments_total',
      help: 'Segments of text messages handed to the gateway: what an operator is billed for',
      labelNames: ['outcome'],
      registers,
    }),
    keysShredded: new Counter({
      name: 'porchlight_sealing_keys_shredded_total',
      help: 'Keys of sealed places and words destroyed because their days were over',
      registers,
    }),
  }
}
