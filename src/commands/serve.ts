import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { type App, makeApp, makeHttp, type RunningServer, startAppJobs } from '../app.ts'
import type { Loopback } from '../channels.ts'
import { firstAdministratorLink } from '../desk/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { type Config, readConfig } from '../kernel/config.ts'
import type { PageHandler } from '../kernel/http/front.ts'
import { startTracing } from '../kernel/telemetry/tracing.ts'
import { buildFolder, buildIfNeeded } from './build.ts'
import { database, migrateDatabase, root } from './session.ts'

export interface ServeOptions {
  flags: Record<string, unknown>
  demo?: boolean
  /** Where the program's time comes from; the machine's clock unless told. */
  clock?: Clock
  /** Runs with the app before the first request is taken: the demo's seed. */
  prepare?: (app: App) => Promise<void>
  /** Push services on this machine that alerts may be sent to: the demonstration only. */
  loopback?: Loopback
  /** Adds to what the server answers: the demonstration only. */
  more?: (server: FastifyInstance, app: App) => void
}

/** A deployment that is up. */
export interface Running {
  app: App
  url: string
  stop(): Promise<void>
}

/** Starts everything: pages, database, migrations, jobs, server. Throws one sentence if it cannot. */
export async function serve({
  flags,
  demo = false,
  clock,
  prepare,
  loopback,
  more,
}: ServeOptions): Promise<Running> {
  const config = readConfig(root, flags)
  const handler = await pages()
  const tracing = await startTracing(config.otelUrl)
  const store = await database(config)
  let app: App | null = null
  let server: RunningServer | null = null
  let jobs: { stop(): Promise<void> } | null = null
  // Jobs first, then the server, then the pool, then the database: nobody is left without what they use.
  const stop = async (): Promise<void> => {
    await jobs?.stop()
    await server?.stop()
    await app?.close()
    await store.release()
    await tracing.stop()
  }
  try {
    await migrateDatabase(store.url)
    app = await makeApp({
      config,
      databaseUrl: store.url,
      demo,
      // Beside the pages, so that a machine makes them once and not once a data folder.
      cityFolder: join(root, buildFolder(), 'city'),
      tilesFolder: join(root, buildFolder(), 'tiles'),
      ...(clock ? { clock } : {}),
      ...(loopback ? { loopback } : {}),
    })
    jobs = flags.jobs === false ? null : await startAppJobs(app)
    await prepare?.(app)
    server = await makeHttp(app, store.url, handler)
    more?.(server.fastify, app)
    const url = await listen(server, config)
    return { app, url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The built pages; builds them first where the source is newer. */
export async function pages(): Promise<PageHandler> {
  await buildIfNeeded()
  process.env.PROTOCOL_HEADER = 'x-forwarded-proto'
  const file = join(root, buildFolder(), 'handler.js')
  if (!existsSync(file)) throw new Error('The pages are not built: run npm run build.')
  const { handler } = (await import(pathToFileURL(file).href)) as { handler: PageHandler }
  return handler
}

async function listen({ fastify }: RunningServer, config: Config): Promise<string> {
  try {
    await fastify.listen({ port: config.port, host: config.host ?? '::' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EAFNOSUPPORT' && !config.host)
      await fastify.listen({ port: config.port, host: '0.0.0.0' })
    else if (code === 'EADDRINUSE')
      throw new Error(
        `Port ${config.port} is taken by another program: stop it, or choose another with --port (npm start -- --port 8081).`,
      )
    else if (code === 'EACCES')
      throw new Error(
        `Port ${config.port} may not be used by this user: choose one above 1023 with --port.`,
      )
    else throw error
  }
  const address = fastify.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  return config.publicUrl ?? `http://localhost:${port}`
}

/** `porchlight serve`: runs until it is told to stop, then stops cleanly. */
export async function serveCommand(options: ServeOptions): Promise<void> {
  const running = await serve(options)
  // From here on a signal stops it cleanly, also while these lines are printed.
  const stopped = untilStopped(running)
  const { city } = running.app
  console.log(`Porchlight serves ${city.name.en} at ${running.url}`)
  const link = options.demo ? null : await firstAdministratorLink(running.app.kernel)
  // Nor for this: the first alert must not wait until the signer has started.
  void running.app.signer.keys().catch(() => undefined)
  // Nobody waits for it: whoever opens the map before it is there waits a second.
  void running.app.tiles.city().catch(() => undefined)
  if (link) console.log(`Enrol the first administrator (works once): ${running.url}${link}`)
  await stopped
}

/** Waits for the signal to stop; a second signal does not wait. */
export async function untilStopped(running: { stop(): Promise<void> }): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
  })
  await running.stop()
}
