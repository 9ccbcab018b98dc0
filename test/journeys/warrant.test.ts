import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { root } from '../../src/commands/session.ts'
import { readTexts } from '../../src/kernel/i18n/index.ts'
import { expectAccessible, journey, phone, withoutScript } from './browser.ts'

const stage = journey('serve', 'nyc')
const textsOf = (lang: string) => {
  const { messages } = readTexts(`${root}/cities/nyc/guides/warrant`, lang)
  return (key: string): string => messages[key] ?? ''
}

/** Goes by the keyboard alone to the answer and presses it. */
async function answer(page: Page, label: string): Promise<void> {
  const button = page.locator('[data-step] button', { hasText: label }).first()
  await button.waitFor()
  for (let tabs = 0; tabs < 60; tabs++) {
    if (await button.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  expect(await button.evaluate((element) => element === document.activeElement), label).toBe(true)
  await page.keyboard.press('Enter')
}

it('at the door, in Urdu, by keyboard and without script: an I-205 is told, and nothing of it is in the address', async () => {
  const { page, context, errors } = await stage.person({ ...phone, ...withoutScript })
  const t = textsOf('ur')
  await page.goto('/ur/rights/warrant')
  await expectAccessible(page)
  for (const key of ['option.no', 'N1.home', 'option.yes', 'N2.dhs', 'N4.I-205']) {
    await answer(page, t(key))
    await page.waitForLoadState()
  }
  await page.getByRole('heading', { name: t('N6') }).waitFor()
  // Back keeps the answers before it, and shows the one that was taken back.
  await page.getByRole('button', { name: t('page.back') }).click()
  expect(await page.locator('[data-step] button[aria-current]').getAttribute('value')).toBe('I-205')
  await answer(page, t('N4.I-205'))
  await answer(page, t('option.no'))
  await page.getByRole('heading', { name: t('CARD-I205') }).waitFor()
  await page.getByText('I will not resist.').first().waitFor()
  await page.getByText(t('say.not-resist')).first().waitFor()
  await page.getByText(t('do.if-enter')).first().waitFor()
  await page.getByText(t('dont.resist')).first().waitFor()
  expect(
    await page.locator('article a[href^="tel:"], .panel a[href^="tel:"]').count(),
  ).toBeGreaterThan(0)
  await expectAccessible(page)
  expect(new URL(page.url()).search).toBe('')
  expect(await context.cookies()).toEqual([])
  expect(errors).toEqual([])
})

it('at the desk of a clinic: staff read their protocol', async () => {
  const { page, errors } = await stage.person({ viewport: { width: 1280, height: 900 } })
  const t = textsOf('en')
  await page.goto('/en/rights/warrant?for=staff')
  await page.locator('form[data-ready]').waitFor()
  await expectAccessible(page)
  const sent: string[] = []
  page.on('request', (request) => void (request.method() === 'POST' && sent.push(request.url())))
  for (const key of ['option.no', 'N1.desk', 'option.yes', 'N2.dhs', 'N4.I-200'])
    await page
      .locator('[data-step] button', { hasText: t(key) })
      .first()
      .click()
  const card = page.locator('article')
  await card.getByRole('heading', { name: t('CARD-I200') }).waitFor()
  await card.getByText(t('do.staff-legal')).waitFor()
  await card.getByText(t('do.staff-log')).waitFor()
  expect(await card.getByText(t('do.door-closed')).count()).toBe(0)
  await expectAccessible(page)
  // The phone decides alone: no answer was sent.
  expect(sent).toEqual([])
  expect(errors).toEqual([])
})

it('says on the way what matters first, and leaves out the door for what came by mail', async () => {
  const { page } = await stage.person(phone)
  const t = textsOf('en')
  const press = (key: string) =>
    page
      .locator('[data-step] button', { hasText: t(key) })
      .first()
      .click()
  await page.goto('/en/rights/warrant')
  await page.locator('form[data-ready]').waitFor()
  await press('option.no')
  await press('N1.car')
  await page.getByRole('heading', { name: t('CARD-CAR') }).waitFor()
  await page.getByText(t('do.driver')).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: t('page.back') }).click()
  expect(await page.locator('button[aria-current]').getAttribute('value')).toBe('car')
  await press('N1.mail')
  await press('N2.dhs')
  await press('N4.I-205')
  await press('option.no')
  await page.getByText(t('flag.by-mail')).waitFor()
  expect(await page.getByText(t('do.if-enter')).filter({ visible: true }).count()).toBe(0)
  expect(await page.getByText(t('do.lawyer-now')).filter({ visible: true }).count()).toBe(1)
})

it('goes on in Haitian Creole when the server is dead', async () => {
  const { page, context } = await stage.person(phone)
  const t = textsOf('ht')
  await page.goto('/ht/rights')
  const kept = () =>
    page.evaluate(async () => {
      const name = (await caches.keys()).find((each) => each.includes('guides'))
      return name
        ? (await (await caches.open(name)).match('/ht/rights/warrant')) !== undefined
        : false
    })
  await expect.poll(kept, { timeout: 30_000 }).toBe(true)
  await context.setOffline(true)
  await page.goto('/ht/rights/warrant?for=staff')
  await page.locator('form[data-ready]').waitFor()
  const press = (key: string) =>
    page
      .locator('[data-step] button', { hasText: t(key) })
      .first()
      .click()
  for (const key of [
    'option.no',
    'N1.workplace',
    'option.yes',
    'N2.court',
    'N3.clerk',
    'N5.search',
    'N5a.some-no',
  ])
    await press(key)
  await page.getByRole('heading', { name: t('CARD-COURT-SEARCH-DEFECT') }).waitFor()
  await page.getByText(t('flag.clerk-signed')).waitFor()
  await page.getByText(t('do.staff-log')).filter({ visible: true }).waitFor()
  await page.getByText('This does not match: …').filter({ visible: true }).waitFor()
  await expectAccessible(page)
})

it('a page that was kept too long hides what it can no longer say', async () => {
  const { page } = await stage.person(phone)
  const t = textsOf('en')
  await page.clock.setFixedTime(new Date('2027-09-01T12:00:00Z'))
  await page.goto('/en/rights/warrant')
  await page.locator('form[data-ready]').waitFor()
  await page
    .locator('[data-step] button', { hasText: t('option.yes') })
    .first()
    .click()
  await page.getByRole('heading', { name: t('page.hidden') }).waitFor()
  expect(await page.getByText(t('do.911')).filter({ visible: true }).count()).toBe(0)
  await page.getByText(t('dont.resist')).filter({ visible: true }).waitFor()
  expect(await page.locator('article a[href^="tel:"]').filter({ visible: true }).count()).toBe(1)
})
