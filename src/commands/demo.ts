import { serveCommand } from './serve.ts'

/** `porchlight demo`: Lanternport on a living day. */
export async function demo(flags: Record<string, unknown>): Promise<void> {
  await serveCommand({ flags: { city: 'lanternport', ...flags }, demo: true })
}
