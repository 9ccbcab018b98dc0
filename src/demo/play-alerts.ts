import { setTimeout as wait } from 'node:timers/promises'
import { cellToLatLng } from 'h3-js'
import type { App } from '../app.ts'
import { type Cast, seedPeople } from './people.ts'
import { type Account, incidentOf, settled, tellAt } from './stage.ts'

/** As long as somebody takes to read what their browser shows. */
const readingSeconds = 4

/**
 * Plays near these cells (H3) what two people confirm and then correct, and at another corner what they confirm and
 * then call over: each deed by the use case that people of the desk use. Throws where the cells hold no two corners.
 */
export async function playAlerts(app: App, cells: readonly string[]): Promise<void> {
  const cast = await seedPeople(app)
  const [first, second] = cornersOf(app, cells)
  const wrong = await confirm(app, cast, first, {
    activity: 'checkpoint',
    firstHand: true,
    stillThere: true,
    description: 'Several people in vests stop cars here and look into them.',
  })
  await pause(app)
  await app.pages.correct(wrong, cast.secondVerifier, { now: 'other-agency' })
  await pause(app)
  const over = await confirm(app, cast, second, {
    activity: 'arrest',
    firstHand: true,
    stillThere: true,
    description: 'Two agents lead a man to a white van.',
  })
  await pause(app)
  await app.pages.end(over, cast.dispatcher, 'The van has left.')
  await settled(app)
}

async function pause(app: App): Promise<void> {
  await settled(app)
  await wait(readingSeconds * 1000)
}

async function confirm(
  app: App,
  cast: Cast,
  placeId: string,
  account: Omit<Account, 'at'>,
): Promise<string> {
  const taken = await tellAt(app, { placeId }, account, { by: 'desk', actor: cast.operator })
  const id = await incidentOf(app, taken)
  await app.pages.find(id, cast.verifier, { finding: 'confirmed', basis: 'on-scene' })
  await app.pages.signOff(id, cast.approver, 'confirmed')
  return id
}

/** Two corners that nothing open stands at: a report there would become part of it. */
function cornersOf({ city }: App, cells: readonly string[]): [string, string] {
  const found = cells.flatMap((cell) => {
    const [lat, lon] = cellToLatLng(cell)
    const corner = city.contains({ lat, lon }) ? city.nearestCorner({ lat, lon }) : undefined
    return corner ? [corner.placeId] : []
  })
  const [first, second] = [...new Set(found)]
  if (!first || !second) throw new Error('There are no two corners near these cells.')
  return [first, second]
}
