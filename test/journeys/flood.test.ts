import { expect, it } from 'vitest'
import { root } from '../../src/commands/session.ts'
import { loadCity } from '../../src/kernel/city/index.ts'
import { journey } from './browser.ts'
import { fillReport, receiptOn, textsOf } from './steps.ts'

const lanternport = journey()
const t = textsOf('en')
const floodOf = 130

/** Strangers' programs write, each about another corner. */
async function flood(url: string): Promise<void> {
  const city = await loadCity(`${root}/cities/lanternport`)
  const body = (n: number): string =>
    JSON.stringify({
      activity: 'patrol',
      place: city.areas[n % city.areas.length]?.centre ?? city.centre,
      observedAt: new Date().toISOString(),
      firstHand: true,
    })
  for (let n = 0; n < floodOf; n++) {
    const headers = { 'content-type': 'application/json' }
    await fetch(`${url}/api/v1/reports`, { method: 'POST', headers, body: body(n) })
  }
}

async function ranks(source: 'api' | 'web'): Promise<boolean[]> {
  const rows = await lanternport.ask<{ ranked_last: boolean }>(
    `select ranked_last from reports where source = '${source}' order by received_at`,
  )
  return rows.map(({ ranked_last }) => ranked_last)
}

it('in a flood a phone works while its owner writes, and its report goes before the flood', async () => {
  const { url } = lanternport.program
  const { page, errors } = await lanternport.person()
  await flood(url)
  await fillReport(page)
  const effort = page.locator('input[name="effort"]')
  await expect.poll(() => effort.inputValue(), { timeout: 20_000 }).not.toBe('')
  await page.getByRole('button', { name: t('reports.send') }).click()
  await page.getByRole('heading', { level: 1, name: t('reports.sent.title') }).waitFor()
  expect(await ranks('web')).toEqual([false])
  expect((await ranks('api')).filter(Boolean).length).toBeGreaterThan(50)
  expect(errors).toEqual([])
})

it('without JavaScript it is taken in all the same', async () => {
  const { page } = await lanternport.person({ javaScriptEnabled: false })
  await flood(lanternport.program.url)
  await fillReport(page, { place: 'Inlet St & 3rd Ave' })
  await page.getByRole('button', { name: t('reports.send') }).click()
  expect(await receiptOn(page)).toMatch(/^\d{16}$/)
  expect((await ranks('web')).sort()).toEqual([false, true])
})
