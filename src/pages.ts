import {
  type AlertsRoom,
  cellsAround,
  confirm,
  endDrill,
  haltSending,
  longWords,
  newDrillId,
  previewCells,
  readAlert,
  readHalt,
  readSending,
  resumeSending,
  startDrill,
  subscribe,
  unsubscribe,
} from './alerts/index.ts'
import {
  correctIncident,
  endIncident,
  type FindingBody,
  type IncidentsRoom,
  incidentDesk,
  keepApart,
  mergeIncidents,
  placeIncident,
  type QueueItem,
  recordFinding,
  setAside,
  signOff,
  splitIncident,
  undoLast,
  undoSetAside,
} from './incidents/index.ts'
import type { City } from './kernel/city/index.ts'
import type { Tx } from './kernel/db/database.ts'
import { type Actor, permits } from './kernel/http/actor.ts'
import type { Kernel } from './kernel/kernel.ts'
import { notFound, Problem } from './kernel/problem.ts'
import {
  check,
  listIncidents,
  type OpennessRoom,
  publicIncident,
  wordsOf,
} from './openness/index.ts'
import {
  addToReport,
  type MediaRoom,
  myReport,
  type NewReport,
  type ReportOutcome,
  type ReportsRoom,
  retract,
  reviewMedia,
  takeReport,
} from './reports/index.ts'
import {
  approveWords,
  type GuideBook,
  type officerCard,
  type Translating,
  takeXliff,
  toTranslate,
  toXliff,
  type WarrantRoom,
  warrantPage,
} from './rights/index.ts'

interface Rooms {
  kernel: Kernel
  city: City
  reports: ReportsRoom
  media: MediaRoom
  incidents: IncidentsRoom
  openness: OpennessRoom
  alerts: AlertsRoom
  guides: GuideBook
  translating: Translating
  warrant: WarrantRoom
  officerCard: ReturnType<typeof officerCard>
  /** By which push services know this deployment. */
  vapidPublicKey: string
  outcomeOf(reportId: string): Promise<{ outcome: string; incidentId: string | null }>
}

/**
 * All that pages may ask of the rooms. Pages themselves import contracts and types only; whatever
 * they do, they do through here, by the same use cases as the API.
 */
export type Pages = ReturnType<typeof makePages>

/** Binds the use cases to the rooms of one app. */
export const makePages = (rooms: Rooms) => ({
  ...publicPages(rooms),
  ...rightsPages(rooms),
  ...alertPages(rooms),
  ...deskPages(rooms),
})

const rightsPages = ({ guides, warrant, translating, officerCard }: Rooms) => ({
  guides: async (lang: string) => {
    await translating.approved.glance()
    return guides.list(lang)
  },
  guide: async (situation: string, lang: string) => {
    await translating.approved.glance()
    return guides.one(situation, lang)
  },
  officerCard: () => officerCard,
  warrant: warrantPage(warrant),
  /** Throws 404 for whoever translates nothing. */
  translations: async (actor: Actor, lang: string) => {
    translator(actor)
    await translating.approved.refresh()
    return toTranslate(guides, translating.approved, lang)
  },
  translationsFile: async (actor: Actor, lang: string) => {
    translator(actor)
    await translating.approved.refresh()
    return toXliff(toTranslate(guides, translating.approved, lang), lang)
  },
  approveWords: async (actor: Actor, body: Parameters<typeof approveWords>[2][number]) =>
    approveWords(translating, translator(actor), [body]),
  takeXliff: async (actor: Actor, xml: string, review: 'native-reviewed' | 'lawyer-reviewed') =>
    takeXliff(translating, translator(actor), xml, review),
})

/** Whoever keeps the texts. */
function translator(actor: Actor): Actor {
  if (permits(['records'], actor)) return actor
  throw notFound()
}

function publicPages({ kernel, city, reports, openness, outcomeOf }: Rooms) {
  const inTransaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    kernel.db.transaction().execute(work)
  return {
    live: (query: Parameters<typeof listIncidents>[1]) => listIncidents(openness, query),
    incident: (id: string) => publicIncident(openness, id),
    /** Whether messages to phones are halted, and why: in the words of the desk, which writes English. */
    halted: async () => ({ ...(await readHalt(kernel.db)), lang: 'en' }),
    check: (text: string, lang: string) => check(openness, text, lang),
    words: (incident: Parameters<typeof wordsOf>[1], lang: string) =>
      wordsOf(openness, incident, lang),
    search: (text: string, lang: string, limit = 6) => city.search(text, { lang, limit }),
    /** Takes a report of the web form; the key makes a double tap one report, the proof counts in a flood. */
    report: async (
      report: NewReport,
      key: string | null,
      proof: string | null = null,
    ): Promise<{ id: string; receipt: string | null }> =>
      (await takeReport(reports, report, { source: 'web' }, key, proof)).body as {
        id: string
        receipt: string | null
      },
    myReport: (receipt: string): Promise<ReportOutcome> => myReport(reports, receipt, outcomeOf),
    addToReport: (receipt: string, addition: Parameters<typeof addToReport>[3]) =>
      inTransaction((tx) => addToReport(reports, tx, receipt, addition)),
    retract: (receipt: string) => inTransaction((tx) => retract(reports, tx, receipt)),
    /** To whom a phone seals a report that waits for a line. */
    sealedTo: (): Promise<string> => reports.sealed.recipient(),
    openSealed: (sealed: Uint8Array): Promise<string> => reports.sealed.open(sealed),
    newKey: () => kernel.ids.uuid(),
  }
}

function alertPages({ city, alerts, vapidPublicKey }: Rooms) {
  return {
    /** What a phone must know to subscribe and to check what comes. */
    alerting: () => ({
      origin: alerts.origin,
      vapidPublicKey,
      byText: alerts.channels.sms !== undefined,
      byMail: alerts.channels.email !== undefined,
    }),
    /** The cells around a place of the city, for a form that comes without a script; none where it is not known. */
    cellsAround: (placeId: string, width: Parameters<typeof cellsAround>[1]): string[] => {
      const place = city.placeById(placeId)
      return place ? cellsAround(place, width) : []
    },
    placeLabel: (placeId: string): string | undefined => city.placeById(placeId)?.label,
    previewCells: (cells: readonly string[]) => previewCells(alerts, cells),
    subscribe: (body: Parameters<typeof subscribe>[1]) => subscribe(alerts, body),
    unsubscribe: (capability: string) => unsubscribe(alerts, capability),
    /** The last word of a drill, in sentences. Throws 404. */
    drill: async (id: string, lang: string) => {
      const last = (await readAlert(alerts, id, 'drills')).at(-1)
      if (!last) throw notFound()
      const wording = { translator: alerts.translator, city }
      const { kind, expiresAt } = last.alert
      const over = kind === 'all-clear' || new Date(expiresAt) <= alerts.kernel.clock.now()
      return { id, over, ...longWords(wording, last.alert, lang) }
    },
    confirmSubscription: (secret: string) => confirm(alerts, secret),
  }
}

/** Who reads incidents, and who takes reports down: as the desk API permits. */
const readers = ['operator', 'verifier', 'approver', 'dispatcher']
const takers = ['operator', 'verifier', 'dispatcher']

function deskPages({ kernel, reports, media, incidents, alerts }: Rooms) {
  const inTransaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    kernel.db.transaction().execute(work)
  return {
    queue: () => incidentDesk.queue(incidents),
    /** The queue, and what this person may do to each row of it. */
    queueFor: async (actor: Actor) =>
      withActs(incidents, await incidentDesk.queue(incidents), actor),
    /** Every incident of the group that a row of the queue stands for. */
    alikeTo: async (id: string, actor: Actor) =>
      withActs(incidents, await incidentDesk.alikeTo(incidents, id), actor),
    /** Throws 404 for whoever has no part in incidents: not allowed to know is not there. */
    incidentForDesk: async (id: string, actor: Actor) => {
      if (!permits(readers, actor)) throw notFound('There is no incident of this number.')
      return incidentDesk.incidentView(incidents, id, actor)
    },
    /** Throws 403 for whoever takes no reports. */
    deskReport: async (report: NewReport, actor: Actor, key: string | null) => {
      if (!permits(takers, actor))
        throw new Problem('kernel/not-permitted', 403, 'Your role takes no reports.')
      const origin = { source: 'desk', enteredBy: actor.personId } as const
      const { body } = await takeReport(reports, report, origin, key)
      return body as { id: string; receipt: string | null }
    },
    find: (id: string, actor: Actor, body: FindingBody) =>
      inTransaction((tx) => recordFinding(incidents, tx, id, actor, body)),
    signOff: (id: string, actor: Actor, finding: FindingBody['finding']) =>
      inTransaction((tx) => signOff(incidents, tx, id, actor, finding)),
    end: (id: string, actor: Actor, note?: string) =>
      inTransaction((tx) => endIncident(incidents, tx, id, actor, note)),
    correct: (id: string, actor: Actor, body: Parameters<typeof correctIncident>[4]) =>
      inTransaction((tx) => correctIncident(incidents, tx, id, actor, body)),
    merge: (ids: readonly string[], actor: Actor) =>
      // Whoever merges goes on with the one they look at.
      inTransaction((tx) => mergeIncidents(incidents, tx, ids, actor, ids[0])),
    split: (id: string, reportIds: readonly string[], actor: Actor) =>
      inTransaction((tx) => splitIncident(incidents, tx, id, reportIds, actor)),
    /** Sets one incident aside, or the whole group its row stands for. */
    setAside: (id: string, actor: Actor, which: { alike: boolean }) =>
      inTransaction((tx) => setAside(incidents, tx, id, actor, which)),
    undoSetAside: (act: string, actor: Actor) =>
      inTransaction((tx) => undoSetAside(incidents, tx, act, actor)),
    keepApart: (id: string, other: string, actor: Actor) =>
      inTransaction((tx) => keepApart(incidents, tx, id, other, actor)),
    /** Throws 403 for whoever does not look at what nobody has looked at. */
    reviewMedia: (id: string, actor: Actor, state: 'cleared' | 'held-back') => {
      if (!permits(['operator'], actor))
        throw new Problem('kernel/not-permitted', 403, 'Your role reviews no pictures.')
      return inTransaction((tx) => reviewMedia(media, tx, id, { actor, state }))
    },
    /** Throws 404 for whoever has no part in incidents. */
    sending: async (actor: Actor) => {
      if (!permits([...readers, 'admin'], actor)) throw notFound()
      return readSending(alerts)
    },
    /** Throws 403 unless an approver or administrator asks. */
    halt: async (actor: Actor, reason: string) => haltSending(alerts, stopper(actor), reason),
    newDrillId: () => newDrillId(alerts),
    /** Throws 403 unless an approver or administrator asks. */
    startDrill: async (actor: Actor, drill: Parameters<typeof startDrill>[2]) =>
      startDrill(alerts, stopper(actor), drill),
    endDrill: async (actor: Actor, id: string) => endDrill(alerts, stopper(actor), id),
    resume: async (actor: Actor) => resumeSending(alerts, stopper(actor)),
    undo: (id: string, actor: Actor) => inTransaction((tx) => undoLast(incidents, tx, id, actor)),
    place: (id: string, placeId: string, actor: Actor) =>
      inTransaction((tx) => placeIncident(incidents, tx, id, placeId, actor)),
  }
}

/** Whoever may halt all sending, and end a halt. */
function stopper(actor: Actor): Actor {
  if (permits(['approver', 'admin'], actor)) return actor
  throw new Problem('kernel/not-permitted', 403, 'Only an approver or administrator can do this.')
}

const withActs = (incidents: IncidentsRoom, rows: readonly QueueItem[], actor: Actor) =>
  rows.map((row) => ({ ...row, acts: incidentDesk.rowActs(incidents, row, actor) }))
