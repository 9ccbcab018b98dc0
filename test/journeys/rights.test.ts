import { expect, it } from 'vitest'
import { expectAccessible, journey, phone, withoutScript } from './browser.ts'
import { textsOf } from './steps.ts'

const stage = journey()

it('the guides are read in airplane mode, whichever was opened before', async () => {
  const { page, context } = await stage.person(phone)
  const t = textsOf('es')
  await page.goto('/es/rights')
  await expectAccessible(page)
  // The worker says when the last page of the set is here.
  await expect
    .poll(
      () =>
        page.evaluate(
          async () =>
            (
              await (
                await caches.open(
                  (await caches.keys()).find((name) => name.includes('guides')) ?? 'none',
                )
              ).keys()
            ).length,
        ),
      { timeout: 30_000 },
    )
    .toBeGreaterThan(20)
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
