import type { App } from '../app.ts'
import type { CorrectedTo, Finding } from '../incidents/contract.ts'
import { accounts } from './accounts.ts'
import type { DemoClock } from './clock.ts'
import { type Cast, seedPeople } from './people.ts'
import { type Account, type Door, incidentOf, settled, type Taken, tell } from './stage.ts'

/** The day so far: what was told, under the names of `accounts`. */
interface Day {
  app: App
  cast: Cast
  taken: Map<string, Taken>
}
type Name = keyof typeof accounts
type Deed = (day: Day) => Promise<unknown>

const web: Door = { by: 'web' }
const api: Door = { by: 'api' }

const told =
  (name: Name, door: Door | ((cast: Cast) => Door) = web): Deed =>
  async ({ app, cast, taken }) => {
    const account: Account = accounts[name]
    taken.set(name, await tell(app, account, typeof door === 'function' ? door(cast) : door))
  }
const byHotline = (cast: Cast): Door => ({ by: 'desk', actor: cast.operator })

/** Something done to the incident that a report has become part of. */
const onIncident =
  (name: Name, deed: (app: App, id: string, cast: Cast) => Promise<unknown>): Deed =>
  async ({ app, cast, taken }) => {
    const report = taken.get(name)
    if (!report) throw new Error(`the script speaks of ${name} before it was told`)
    await deed(app, await incidentOf(app, report), cast)
  }

const found = (name: Name, finding: Finding, note: string, who: keyof Cast = 'verifier'): Deed =>
  onIncident(name, (app, id, cast) =>
    app.pages.find(id, cast[who], { finding, basis: 'on-scene', note }),
  )
const signed = (name: Name, finding: Finding, who: keyof Cast = 'approver'): Deed =>
  onIncident(name, (app, id, cast) => app.pages.signOff(id, cast[who], finding))
const ended = (name: Name): Deed =>
  onIncident(name, (app, id, cast) => app.pages.end(id, cast.dispatcher, 'All vans have left.'))
const corrected = (name: Name, now: CorrectedTo): Deed =>
  onIncident(name, (app, id, cast) => app.pages.correct(id, cast.verifier, { now }))

const timePassed: Deed = async ({ app }) => {
  await app.jobs['incidents:pass-time']?.({})
}
const withReceipt =
  (name: Name, deed: (app: App, receipt: string) => Promise<unknown>): Deed =>
  ({ app, taken }) =>
    deed(app, taken.get(name)?.receipt ?? '')

/** The day, in minutes before the program was started. Use cases do everything; the clock is moved. */
const script: readonly [minutesAgo: number, deed: Deed][] = [
  [430, told('morning')],
  [418, found('morning', 'confirmed', 'One van, two agents, driving along the parkway.')],
  [412, signed('morning', 'confirmed')],
  [230, timePassed],
  [215, told('checkpoint', byHotline)],
  [211, told('checkpointAgain')],
  [198, found('checkpoint', 'confirmed', 'Five agents, two cars, all drivers are stopped.')],
  [194, signed('checkpoint', 'confirmed')],
  [178, told('doors', api)],
  [
    166,
    found('doors', 'confirmed', 'Two people in dark jackets, did not answer us.', 'secondVerifier'),
  ],
  [161, signed('doors', 'confirmed', 'secondApprover')],
  [150, told('unchecked')],
  [142, ended('checkpoint')],
  [131, corrected('doors', 'other-agency')],
  [118, found('unchecked', 'inconclusive', 'Nobody there any more, nobody to ask.')],
  [112, signed('unchecked', 'inconclusive')],
  [106, told('rumour', api)],
  [104, told('rumourEs')],
  [101, told('rumourAr')],
  [96, told('boats')],
  [
    84,
    found('rumour', 'unfounded', 'Trains run, gates open, nobody checks anybody. Asked the staff.'),
  ],
  [80, signed('rumour', 'unfounded')],
  [
    72,
    found('boats', 'other-agency', 'Harbour police, a stolen outboard engine.', 'secondVerifier'),
  ],
  [67, signed('boats', 'other-agency')],
  [64, told('takenBack')],
  [57, told('arrest')],
  [55, told('arrestEs')],
  [52, withReceipt('takenBack', (app, receipt) => app.pages.retract(receipt))],
  [51, told('arrestAr', byHotline)],
  [
    41,
    found('arrest', 'confirmed', 'Six agents, two white vans. One person taken before we came.'),
  ],
  [36, signed('arrest', 'confirmed')],
  [33, told('parkVan')],
  [
    29,
    withReceipt('arrest', (app, receipt) =>
      app.pages.addToReport(receipt, {
        text: 'The first van has left. The second one is still here.',
      }),
    ),
  ],
  [26, told('waiting', byHotline)],
  [21, told('parkStop')],
  [17, told('words', byHotline)],
  [
    14,
    found(
      'waiting',
      'confirmed',
      'Three people in plain clothes; one showed a badge.',
      'secondVerifier',
    ),
  ],
  [11, told('school')],
  [9, found('arrest', 'confirmed', 'One van and three agents are still there.')],
  [8, signed('arrest', 'confirmed')],
  [6, told('clinic')],
  [3, told('home')],
]

/** A day that nobody has reported on for this long is over: the demo plays it again. */
const overAfterHours = 12

/** Plays the day up to now, where there is none yet. The clock runs with the machine's after. */
export async function seedDay(app: App, clock: DemoClock): Promise<void> {
  const start = Date.now()
  const at = (minutesAgo: number): Date => new Date(start - minutesAgo * 60_000)
  if (await dayIsOn(app, start)) return
  try {
    clock.stand(at(600))
    const day: Day = { app, cast: await seedPeople(app), taken: new Map() }
    for (const [minutesAgo, deed] of script) {
      clock.stand(at(minutesAgo))
      await deed(day)
      await settled(app)
    }
  } finally {
    clock.run()
  }
}

async function dayIsOn({ kernel }: App, now: number): Promise<boolean> {
  const last = await kernel.db
    .selectFrom('reports')
    .select((eb) => eb.fn.max('received_at').as('at'))
    .executeTakeFirst()
  return last?.at ? now - last.at.getTime() < overAfterHours * 3_600_000 : false
}
