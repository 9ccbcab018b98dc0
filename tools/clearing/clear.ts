import type { Page } from 'playwright-core'
import { minutesOf, operatorAt, type Tally } from './operator.ts'
import { linked, pour, type Standing, standings } from './pour.ts'
import { type Poured, reportsFor } from './reports.ts'

/** What became of the reports, and what it took. */
export interface Cleared {
  tally: Tally
  minutes: number
  rowsAtFirst: number
  /** Reports of each kind by where they stand at the end. */
  ends: Record<string, Record<string, number>>
  /** True reports that are in no row, set aside, or with another event's. */
  lost: string[]
}

/** Keys after which something must be wrong with the page. */
const mostKeys = 5000

/**
 * Pours reports into a running demo, clears its queue on the real page with keys alone, and says
 * what became of each. The page is the operator's, signed in.
 */
export async function clearReports(page: Page, url: string, count: number): Promise<Cleared> {
  const reports = reportsFor(count, new Date())
  const sent = await pour(url, reports)
  await linked(page, [...sent.keys()])
  await page.goto(`${url}/en/desk`)
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' })
  const rowsAtFirst = await page.locator('[data-line]').count()
  const tally = await walkThrough(page, reports)
  const end = await standings(page)
  return {
    tally,
    minutes: minutesOf(tally),
    rowsAtFirst,
    ends: endsOf(sent, end),
    lost: lostOf(sent, end),
  }
}

async function walkThrough(page: Page, reports: readonly Poured[]): Promise<Tally> {
  const operator = operatorAt(page, reports)
  const seen = new Set<string>()
  await operator.press('j')
  while (operator.tally.keys < mostKeys) {
    const here = await operator.row()
    if (!here) throw new Error('the focus is on no row')
    if (here.part === 'group-aside') return operator.tally
    const what = await operator.dealWith(here, seen.has(here.line))
    seen.add(here.line)
    if (what === 'moved') continue
    await operator.press('j')
    if ((await operator.row())?.line === here.line) return operator.tally
  }
  throw new Error(`the queue was not cleared with ${mostKeys} keys`)
}

function endsOf(sent: Map<string, Poured>, end: Map<string, Standing>): Cleared['ends'] {
  const ends: Cleared['ends'] = {}
  for (const [id, { kind }] of sent) {
    const words = wordOf(end.get(id))
    const counts = ends[kind] ?? {}
    ends[kind] = counts
    counts[words] = (counts[words] ?? 0) + 1
  }
  return ends
}

function wordOf(standing: Standing | undefined): string {
  if (!standing) return 'in no row'
  if (standing.pending) return `found ${standing.pending}, waits for its second person`
  if (standing.setAside) return 'set aside'
  return standing.needsPlace ? 'to check, not on the map' : 'to check'
}

function lostOf(sent: Map<string, Poured>, end: Map<string, Standing>): string[] {
  const lost: string[] = []
  const eventIn = new Map<string, string>()
  const incidentOf = new Map<string, string>()
  for (const [id, { kind, event }] of sent) {
    if (kind === 'junk') continue
    const standing = end.get(id)
    if (!standing || standing.setAside) lost.push(`${event}: ${wordOf(standing)}`)
    else {
      const other = eventIn.get(standing.incident) ?? event
      if (other !== event) lost.push(`${event}: in one incident with ${other}`)
      const elsewhere = incidentOf.get(event) ?? standing.incident
      if (elsewhere !== standing.incident) lost.push(`${event}: in two incidents`)
      eventIn.set(standing.incident, event)
      incidentOf.set(event, standing.incident)
    }
  }
  return lost
}
