import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import {
  alertsApi,
  alertsHears,
  alertsJobs,
  confirmNumber,
  makeAlerts,
  makeKeyTrust,
  makeSigner,
  readSigningPolicy,
  type Signer,
  startNumber,
  startSigner,
  stopNumber,
  voiceApi,
} from './alerts/index.ts'
import { type Loopback, openChannels, vapidKeysOf } from './channels.ts'
import {
  approvalsById,
  askForApproval,
  audit,
  deskApi,
  makeDesk,
  namesOf,
  takeApproval,
} from './desk/index.ts'
import {
  approvalsApi,
  deskStream,
  incidentsApi,
  incidentsHears,
  incidentsJobs,
  makeIncidents,
  outcomeOf,
} from './incidents/index.ts'
import { type KeyTrust, openRegistry } from './kernel/approvals/index.ts'
import { type Bus, startBus } from './kernel/bus.ts'
import { loadCity } from './kernel/city/index.ts'
import { type Clock, systemClock } from './kernel/clock.ts'
import { type Config, readSecrets, readSmsKeys } from './kernel/config.ts'
import { closeDatabase, openDatabase, type Tx } from './kernel/db/database.ts'
import { makeEmit, makeOutbox, type Subscriptions, together } from './kernel/events.ts'
import { readGraphModel } from './kernel/graph-model.ts'
import { type PageHandler, pageFront } from './kernel/http/front.ts'
import { healthApi } from './kernel/http/health.ts'
import { modelAddress, modelApi } from './kernel/http/model-api.ts'
import { nearestApi } from './kernel/http/nearest-api.ts'
import { placesApi } from './kernel/http/places-api.ts'
import { makeServer } from './kernel/http/server.ts'
import { wellKnownApi } from './kernel/http/well-known.ts'
import { translators } from './kernel/i18n/index.ts'
import { type Ids, randomIds } from './kernel/ids.ts'
import { type Handlers, startJobs } from './kernel/jobs.ts'
import type { Kernel } from './kernel/kernel.ts'
import { enforceRetention } from './kernel/retention.ts'
import { makeSealing } from './kernel/sealing/index.ts'
import { type Log, makeLog } from './kernel/telemetry/log.ts'
import { makeMetrics } from './kernel/telemetry/metrics.ts'
import { tileFiles, tilesApi } from './kernel/tiles/index.ts'
import {
  check,
  listIncidents,
  opennessApi,
  opennessHears,
  opennessJobs,
  startStream,
} from './openness/index.ts'
import { makePages } from './pages.ts'
import {
  heldBackApi,
  makeMedia,
  makeReports,
  makeSms,
  mediaApi,
  reportsApi,
  reportsHears,
  reportsJobs,
  smsApi,
  takeCall,
} from './reports/index.ts'
import {
  guidesApi,
  makeApprovedWords,
  makeGuideBook,
  makeWarrant,
  officerCard,
  shortAnswer,
  translatingApi,
  warrantApi,
} from './rights/index.ts'
import { tables } from './schema.ts'
import { version } from './version.ts'

export interface AppOptions {
  config: Config
  /** The database's address: the embedded server's, or DATABASE_URL. */
  databaseUrl: string
  clock?: Clock
  ids?: Ids
  log?: Log
  /** Where the city's pack is kept ready; in memory only unless told. */
  cityFolder?: string
  /** Where the map's tiles are kept; in the data folder unless told. */
  tilesFolder?: string
  /** People can be stepped into without a passkey: `porchlight demo` only. */
  demo?: boolean
  /** Push services on this machine that alerts may be sent to: tests and the demonstration only. */
  loopback?: Loopback
  /** Parts of the audience that this process finds; all unless told. */
  shards?: readonly number[]
}

/** The whole program, composed once a process. Pages get it through `locals`. */
export type App = Awaited<ReturnType<typeof makeApp>>

const subscriptions: Subscriptions = together(
  incidentsHears,
  opennessHears,
  reportsHears,
  alertsHears,
)

/** Builds every room on one kernel and one pool; starts nothing that runs by itself. */
export async function makeApp(options: AppOptions) {
  const { config } = options
  const city = await loadCity(join(config.root, 'cities', config.city), {
    ...(options.cityFolder ? { keptIn: options.cityFolder } : {}),
  })
  const { db, pool } = openDatabase(options.databaseUrl)
  const clock = options.clock ?? systemClock
  const outbox = makeOutbox(subscriptions)
  const { signer, keyTrust } = makeSigning(options)
  const kernel: Kernel = {
    db,
    city,
    clock,
    ids: options.ids ?? randomIds,
    emit: makeEmit(outbox),
    outbox,
    secrets: readSecrets(config.data),
    sealing: makeSealing(join(config.data, 'keys'), clock),
    keyTrust,
    log: options.log ?? makeLog(),
    metrics: makeMetrics(),
  }
  const desk = makeDesk(kernel, {
    publicUrl: config.publicUrl ?? null,
    demo: options.demo ?? false,
  })
  const reports = makeReports(kernel)
  const incidents = makeIncidents(kernel, reports, {
    namesOf: (ids) => namesOf(kernel, ids),
    takeApproval: (tx, actor, matter, counts) => takeApproval(kernel, tx, actor, matter, counts),
  })
  const media = makeMedia(reports, {
    folder: join(config.data, 'media'),
    evidenceRecipient: config.evidenceRecipient ?? null,
  })
  const faceModel = config.faceModel === undefined ? null : readGraphModel(config.faceModel)
  const approvedWords = makeApprovedWords(db)
  const guidesFolder = city.guides === undefined ? null : join(config.root, 'cities', city.guides)
  const guides = makeGuideBook(guidesFolder, clock, approvedWords.of)
  const warrant = makeWarrant(guidesFolder, city, clock)
  const origin = config.publicUrl?.replace(/\/$/, '') ?? `http://localhost:${config.port}`
  const translator = translators(config.root)
  const openness = { kernel, origin, translator }
  const channels = openChannels(config, {
    kernel,
    wording: { translator, city },
    origin,
    loopback: options.loopback,
  })
  const alerts = makeAlerts(kernel, pool, {
    origin,
    translator,
    signer,
    channels,
    allowLoopback: options.loopback !== undefined,
    approvals: (ids, tx) => approvalsById(tx ? { db: tx } : kernel, ids),
    takeApproval: (tx, actor, matter, counts) => takeApproval(kernel, tx, actor, matter, counts),
  })
  const sms = makeSms(reports, {
    translator,
    rights: (lang) => shortAnswer(guides, { city, origin, lang }),
    alerts: {
      stop: (tx, number) => stopNumber(kernel, tx, number),
      start: (tx, number) => startNumber(kernel, tx, number),
      confirm: (tx, number) => confirmNumber(kernel, tx, number),
    },
    async check(text, lang) {
      const answer = await check(openness, text, lang)
      if (answer.verdict !== 'ours')
        return { verdict: answer.verdict, code: '', status: '', place: '' }
      const { id, status, placeLabel } = answer.incident
      return { verdict: 'ours', code: id, status, place: placeLabel }
    },
  })
  const jobs: Handlers = {
    ...reportsJobs(reports, media),
    ...incidentsJobs(incidents),
    ...opennessJobs(openness),
    ...alertsJobs(alerts, options.shards),
    'kernel:retention': () => enforceRetention(kernel, tables),
  }
  const rooms = {
    kernel,
    city,
    reports,
    media,
    incidents,
    openness,
    alerts,
    guides,
    translating: {
      kernel,
      book: guides,
      approved: approvedWords,
      audit: (tx: Tx, deed: Parameters<typeof audit>[2]) => audit(tx, kernel, deed),
    },
    warrant,
    officerCard: officerCard(translator('en')),
    vapidPublicKey: vapidKeysOf(config).publicKey,
    outcomeOf: (id: string) => outcomeOf(db, id),
  }
  return {
    ...rooms,
    config,
    /** To whom phones seal untouched files; undefined where there is nobody. */
    evidenceRecipient: config.evidenceRecipient,
    faceModel,
    /** Where phones find the model by which they look for faces; null where there is none. */
    faceModelAddress: faceModel && modelAddress(faceModel),
    sms,
    smsKeys: readSmsKeys(config),
    tiles: tileFiles({
      root: config.root,
      city,
      folder: options.tilesFolder ?? join(config.data, 'tiles'),
      baseMap: config.baseMap,
    }),
    pool,
    desk,
    jobs,
    pages: makePages(rooms),
    signer,
    async close() {
      for (const channel of Object.values(channels)) await channel.stop()
      await signer.stop()
      await closeDatabase(db, pool)
    },
    demo: options.demo ?? false,
  }
}

/**
 * The signer of alerts: a process of its own, here or behind a socket. Where the program's time is
 * not the machine's (tests, the demonstration) it lives in this process, since it must share it.
 */
function makeSigning({ config, clock }: AppOptions): { signer: Signer; keyTrust: KeyTrust } {
  const cityFolder = join(config.root, 'cities', config.city)
  if (config.signer) {
    const signer = startSigner({ socket: config.signer })
    return { signer, keyTrust: makeKeyTrust(signer, null) }
  }
  const folder = join(config.data, 'signer')
  const signer = clock
    ? makeSigner(folder, clock, readSigningPolicy(cityFolder))
    : startSigner({ folder, cityFolder })
  return { signer, keyTrust: makeKeyTrust(signer, openRegistry(folder)) }
}

/** When time's own jobs run, in cron's words. */
export const crontab = [
  '* * * * * incidents:pass-time ?fill=2m&jobKey=incidents:pass-time',
  '* * * * * alerts:prepare-keys ?fill=2m&jobKey=alerts:prepare-keys',
  '* * * * * reports:forget-dialogues ?fill=2m&jobKey=reports:forget-dialogues',
  '17 * * * * kernel:retention ?fill=2h&jobKey=kernel:retention',
  '37 * * * * alerts:forget-pending ?fill=2h&jobKey=alerts:forget-pending',
  '27 * * * * reports:sweep-media ?fill=2h&jobKey=reports:sweep-media',
].join('\n')

/** A server that answers API and pages, with what it needs to stop. */
export interface RunningServer {
  fastify: FastifyInstance
  stop(): Promise<void>
}

/** Makes the HTTP server of an app (not yet listening). `handler` is the pages' build, if there is one. */
export async function makeHttp(
  app: App,
  databaseUrl: string,
  handler: PageHandler | null,
): Promise<RunningServer> {
  const { kernel, config, desk, city } = app
  const bus: Bus = await startBus(databaseUrl)
  const stream = await startStream(app.openness, bus)
  let stopping = false
  const pages = handler
    ? pageFront({
        city,
        app: Object.assign(app, { bus }),
        handler,
        protocol: config.publicUrl?.startsWith('https:') ? 'https' : 'http',
      })
    : undefined
  const fastify = await makeServer({
    log: kernel.log,
    metrics: kernel.metrics,
    version,
    description:
      'Reports become incidents; trained people confirm or refute them; two people stand behind everything here. Errors are RFC 9457 problem documents.',
    authenticate: desk.authenticate,
    pages,
  })
  healthApi(fastify, { db: kernel.db, metrics: kernel.metrics, stopping: () => stopping })
  wellKnownApi(fastify, app.openness.origin)
  placesApi(fastify, city)
  nearestApi(fastify, city)
  guidesApi(fastify, { book: app.guides, city, approved: app.translating.approved })
  translatingApi(fastify, app.translating)
  warrantApi(fastify, app.warrant)
  tilesApi(fastify, { files: app.tiles, cityId: city.id, log: kernel.log })
  modelApi(fastify, app.faceModel)
  reportsApi(fastify, app.reports, app.outcomeOf)
  mediaApi(fastify, app.media, (tx, { personId, action, mediaId, sha256 }) =>
    audit(tx, kernel, { personId, action, object: `media:${mediaId}`, detail: { sha256 } }),
  )
  smsApi(fastify, app.sms, { origin: app.openness.origin, keys: app.smsKeys })
  heldBackApi(fastify, app.reports, (tx, { personId, reportId }) =>
    audit(tx, kernel, { personId, action: 'report.held-back-read', object: `report:${reportId}` }),
  )
  incidentsApi(fastify, app.incidents)
  approvalsApi(fastify, app.incidents, (request, actor, matter) =>
    askForApproval(kernel, desk.siteOf(request.raw), actor, matter),
  )
  voiceApi(fastify, app.alerts, {
    token: app.smsKeys.twilioToken,
    lastCheckedAt: async () => (await listIncidents(app.openness)).lastCheckedAt,
    takeCall: (told) => takeCall(app.sms, told),
  })
  const deskLive = deskStream(fastify, bus)
  opennessApi(fastify, app.openness, stream)
  alertsApi(fastify, app.alerts, (request, actor, matter) =>
    askForApproval(kernel, desk.siteOf(request.raw), actor, matter),
  )
  deskApi(fastify, desk)
  fastify.get(
    '/api/openapi.json',
    { config: { permit: 'anyone' }, schema: { hide: true } },
    async () => fastify.swagger(),
  )
  return {
    fastify,
    async stop() {
      stopping = true
      stream.stop()
      deskLive.stop()
      await bus.stop()
      await fastify.close()
    },
  }
}

/** Starts the jobs of a process: linking, publishing, the passing of time, retention. */
export const startAppJobs = (app: App) =>
  startJobs(app.pool, app.jobs, { log: app.kernel.log, metrics: app.kernel.metrics, crontab })
