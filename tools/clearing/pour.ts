import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Page } from 'playwright-core'
import type { Poured } from './reports.ts'

/** Sends the reports as strangers do: true ones give the proof of effort that a flood asks for, junk gives none. */
export async function pour(url: string, reports: readonly Poured[]): Promise<Map<string, Poured>> {
  const sent = new Map<string, Poured>()
  for (const report of reports) {
    const effort = report.kind === 'junk' ? null : await proof(url)
    const answer = await fetch(`${url}/api/v1/reports`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(effort ? { 'porchlight-effort': effort } : {}),
      },
      body: JSON.stringify(report.body),
    })
    const { id, title } = await answer.json()
    if (answer.status !== 201) throw new Error(`a report was refused: ${title}`)
    sent.set(id, report)
  }
  return sent
}

async function proof(url: string): Promise<string | null> {
  const { challenge } = await (await fetch(`${url}/api/v1/reports/effort`)).json()
  if (!challenge) return null
  const solution = await solveChallenge({ challenge, deriveKey })
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}

/** Where a report stands at the desk. */
export interface Standing {
  incident: string
  status: string
  pending: string | null
  setAside: boolean
  needsPlace: boolean
  /** The list shows it, itself or inside a group. */
  listed: boolean
}

/** Where every report stands that the queue or its groups lead to, asked as the person who is signed in on this page. */
export const standings = async (page: Page): Promise<Map<string, Standing>> =>
  new Map(
    await page.evaluate(async () => {
      const ask = async (path: string) => (await fetch(`/api/v1/desk/${path}`)).json()
      const { incidents } = await ask('queue')
      const found: [string, Standing][] = []
      for (const row of incidents) {
        const { incidents: inside } = row.alike
          ? await ask(`incidents/${row.id}/alike`)
          : { incidents: [row] }
        for (const { id } of inside) {
          const view = await ask(`incidents/${id}`)
          for (const report of view.reports)
            found.push([
              report.id,
              {
                incident: id,
                status: view.status,
                pending: view.pending?.finding ?? null,
                setAside: view.setAside,
                needsPlace: view.needsPlace,
                listed: true,
              },
            ])
        }
      }
      return found
    }),
  )

/** Waits until every one of these reports is in an incident. */
export async function linked(page: Page, ids: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt++) {
    const there = await standings(page)
    if (ids.every((id) => there.has(id))) return
    await page.waitForTimeout(500)
  }
  throw new Error('some reports are in no incident')
}
