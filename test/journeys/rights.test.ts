import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectAccessible, journey, phone, withoutScript } from './browser.ts'
import { textsOf } from './steps.ts'

const stage = journey()

/** Waits until the worker has kept the whole set of guides: it writes them when the last one is there. */
const setIsKept = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          const name = (await caches.keys()).find((each) => each.includes('guides'))
          return name ? (await (await caches.open(name)).keys()).length : 0
        }),
      { timeout: 30_000 },
    )
    .toBeGreaterThan(20)

it('the guides are read in airplane mode, whichever was opened before', async () => {
  const { page, context } = await stage.person(phone)
  const t = textsOf('es')
  await page.goto('/es/rights')
  await expectAccessible(page)
  await setIsKept(page)
  await context.setOffline(true)
  await page.goto('/es/rights/someone-taken')
  await page.locator('h1').waitFor()
  expect(await page.locator('section li').count()).toBeGreaterThan(5)
  expect(await page.getByText('locator.ice.gov').count()).toBeGreaterThan(0)
  await page.goto('/es/rights')
  await page.goto('/es/rights/card')
  await page.getByRole('button', { name: t('rights.card.start') }).click()
  const card = page.locator('[data-card]')
  await card.getByText('I want to speak to a lawyer before I answer any questions.').waitFor()
  // One touch leads nowhere.
  const leave = page.getByRole('button', { name: t('rights.card.leave') })
  await leave.click()
  await page.waitForTimeout(2100)
  await leave.click()
  expect(await card.getAttribute('data-large')).toBe('')
  await leave.click()
  await leave.click()
  await expect.poll(() => card.getAttribute('data-large')).toBe(null)
  expect(new URL(page.url()).pathname).toBe('/es/rights/card')
})

it('a guide needs no script, and its sheet stands in two languages', async () => {
  const { page } = await stage.person({ ...phone, ...withoutScript })
  await page.goto('/ar/rights/home-door')
  await expectAccessible(page)
  expect(await page.locator('blockquote [lang="en"]').first().textContent()).toMatch(/[A-Z]/)
  await page.goto('/ar/rights/home-door/print')
  await expectAccessible(page)
  expect(await page.locator('article [lang="en"]').count()).toBeGreaterThan(10)
})

it('a family plan is locked with words, opened again without a line, and never sent', async () => {
  const { page, context } = await stage.person(phone)
  const t = textsOf('en')
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await page.goto('/en/rights/plan')
  await expectAccessible(page)
  const secret = 'Canary Lucia picks up at noon'
  const pickUp = page.getByLabel(t('rights.plan.pick-up'), { exact: true })
  await pickUp.fill(secret)
  await pickUp.press('Enter')
  const words = page.getByLabel(t('rights.plan.words'), { exact: true })
  await words.fill('short')
  await page.getByRole('button', { name: t('rights.plan.keep'), exact: true }).click()
  await page.getByRole('status').getByText(t('rights.plan.short')).waitFor()
  await words.fill('four plain little words')
  await page.getByRole('button', { name: t('rights.plan.keep'), exact: true }).click()
  await page.getByRole('status').getByText(t('rights.plan.kept')).waitFor()
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Canary')
  await setIsKept(page)
  await context.setOffline(true)
  await page.reload()
  expect(await pickUp.inputValue()).toBe('')
  await words.fill('four plain little birds')
  await page.getByRole('button', { name: t('rights.plan.open'), exact: true }).click()
  await page.getByRole('status').getByText(t('rights.plan.wrong')).waitFor()
  await words.fill('four plain little words')
  await page.getByRole('button', { name: t('rights.plan.open'), exact: true }).click()
  await page.getByRole('status').getByText(t('rights.plan.opened')).waitFor()
  expect(await pickUp.inputValue()).toBe(secret)
  await page.getByRole('button', { name: t('rights.plan.forget') }).click()
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
  expect(sent.join('\n')).not.toContain('Canary')
}, 60_000)
