import { expect, it } from 'vitest'
import { expectAccessible, journey, phone } from './browser.ts'
import { fillOnePage, keepOne, kept, offlinePage, press, ready } from './offline-steps.ts'
import { phoneMemory } from './phone-memory.ts'
import { fillReport, textsOf } from './steps.ts'

const stage = journey()
const t = textsOf('en')
const hours = 3_600_000

const reports = (): Promise<Record<string, unknown>[]> =>
  stage.ask('select id, activity, first_hand from reports')

it('a report whose line breaks is kept sealed, sent once when it returns, and says so', async () => {
  const { page, context } = await stage.person(phone)
  const words = 'Two white vans, a canary sentence of 7719'
  await ready(page)
  await fillReport(page, { activity: 'raid', description: words })
  await context.setOffline(true)
  await page.getByRole('button', { name: t('reports.send') }).click()
  await kept(page, 'waiting').waitFor()
  await expectAccessible(page)
  const memory = await phoneMemory(page)
  expect(memory.includes('age-encryption.org/v1')).toBe(true)
  for (const typed of [words, 'canary', 'Cooper']) expect(memory.includes(typed), typed).toBe(false)
  expect(await page.locator('body').textContent()).not.toContain('canary')
  expect(await reports()).toEqual([])

  await context.setOffline(false)
  await kept(page, 'sent').waitFor({ timeout: 30_000 })
  const shown = page.locator('[data-receipt-code]')
  if (!(await shown.isVisible()))
    await page.getByRole('button', { name: t('web.offline.show-receipt') }).click()
  await shown.waitFor()
  const digits = ((await shown.textContent()) ?? '').replace(/\D/g, '')
  expect(digits).toMatch(/^\d{16}$/)
  expect(await reports()).toMatchObject([{ activity: 'raid', first_hand: true }])
  await page.getByRole('button', { name: t('web.offline.noted') }).click()
  await expect.poll(() => kept(page, 'sent').count()).toBe(0)
  await page.goto('/en/receipt')
  await page.getByLabel(t('reports.receipt.label')).fill(digits)
  await page.getByRole('button', { name: t('reports.receipt.open') }).click()
  await page.getByText(t('reports.activity.raid')).first().waitFor()
})

it('what was typed is there when the line goes in the middle of the form', async () => {
  const { page, context } = await stage.person(phone)
  await ready(page)
  await page.getByRole('radio', { name: t('reports.activity.checkpoint') }).check()
  await page.getByRole('radio', { name: t('reports.first-hand.no') }).check()
  await context.setOffline(true)
  await page.getByRole('button', { name: t('reports.next') }).click()
  await page.getByText(t('web.offline.dropped-text')).waitFor()
  expect(
    await page.getByRole('radio', { name: t('reports.activity.checkpoint') }).isChecked(),
  ).toBe(true)
  expect(await page.getByRole('radio', { name: t('reports.first-hand.no') }).isChecked()).toBe(true)
  await press(page)
  await page.getByRole('alert').getByText(t('web.offline.wrong-place')).waitFor()
  expect(await kept(page, 'waiting').count()).toBe(0)
})

it('pages that were seen open without a line, and say that they may be old', async () => {
  const { page, context } = await stage.person(phone)
  await ready(page, '/en/live')
  await page.goto('/en/about/privacy')
  await page.goto('/en/live')
  await context.setOffline(true)
  await page.goto('/en/about/privacy')
  await page.getByRole('heading', { level: 1, name: t('web.privacy.title') }).waitFor()
  await page.clock.setFixedTime(Date.now() + hours)
  await page.goto('/en/live')
  await page.getByText(t('openness.live.silent-title')).waitFor()
  await page.goto('/en/alerts')
  await page.getByRole('heading', { level: 1, name: t('web.offline.title') }).waitFor()
})

it('quick exit leaves the sealed report that waits, and nothing else', async () => {
  const { page, context } = await stage.person(phone)
  await ready(page, '/en/live')
  await context.setOffline(true)
  await keepOne(page)
  await page.locator('a[data-exit]').click()
  await page.waitForURL((url) => url.origin !== new URL(stage.program.url).origin)
  await context.setOffline(false)
  await page.goto(`${stage.program.url}/api/v1/incidents`)
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([])
})

it('quick exit ends what was still being kept', async () => {
  const { page, context } = await stage.person(phone)
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const asked = context.waitForEvent('request', (request) => request.url().endsWith(offlinePage))
  await context.route(`**${offlinePage}`, async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/en/live')
  await asked
  await page.locator('a[data-exit]').click()
  await page.waitForURL((url) => url.origin !== new URL(stage.program.url).origin)
  const answered = context.waitForEvent('requestfinished', (request) =>
    request.url().endsWith(offlinePage),
  )
  release()
  await answered
  await page.goto(`${stage.program.url}/api/v1/incidents`)
  // Long enough for whatever was to be written to be written.
  await page.waitForTimeout(1000)
  expect(await page.evaluate(() => caches.keys())).toEqual([])
})

it('in Arabic, and without script, it is a form like any other', async () => {
  const arabic = await stage.person(phone)
  await ready(arabic.page, '/ar/report', 'ar')
  await arabic.context.setOffline(true)
  await arabic.page.goto('/ar/report/offline')
  await arabic.page
    .getByRole('heading', { level: 1, name: textsOf('ar')('web.offline.title') })
    .waitFor()
  await expectAccessible(arabic.page)
  const { page } = await stage.person({ ...phone, javaScriptEnabled: false })
  await page.goto(offlinePage)
  await fillOnePage(page)
  await press(page)
  await page.getByRole('heading', { level: 1, name: t('reports.sent.title') }).waitFor()
})
