import { expect, it } from 'vitest'
import { roles } from '../../src/desk/contract.ts'
import { expectAccessible, journey } from './browser.ts'
import { stepInto, textsOf } from './steps.ts'

const demo = journey('demo')
const t = textsOf('en')

it('shows a living day to the public, without JavaScript', async () => {
  const { page, errors } = await demo.person({ javaScriptEnabled: false })
  for (const path of ['', '/live', '/report', '/check', '/receipt', '/alerts', '/about/privacy']) {
    const answer = await page.goto(`/en${path}`)
    expect(answer?.status(), path).toBe(200)
    await page.getByText(t('desk.demo.banner', { city: 'Lanternport' })).waitFor()
    await expectAccessible(page)
  }
  await page.goto('/en/live')
  await page
    .getByText(/Cooper Street & 2nd Avenue/)
    .first()
    .waitFor()
  expect(errors).toEqual([])
})

it('lets a visitor step into every role, and out again', async () => {
  const { page, context, errors } = await demo.person()
  for (const role of roles) {
    await page.goto('/en/live')
    await page.getByRole('link', { name: t('desk.demo.step-in') }).click()
    const card = page.getByRole('listitem').filter({
      has: page.getByRole('heading', { name: t(`desk.role.${role}`), exact: true }),
    })
    await card.getByRole('button').first().click()
    await page.waitForURL('**/en/desk')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('link', { name: t('desk.nav.me') }).click()
    await page
      .getByText(t(`desk.role.${role}`))
      .first()
      .waitFor()
  }
  await page.goto('/en/demo')
  await expectAccessible(page)
  await page.getByRole('button', { name: t('desk.demo.out'), exact: true }).click()
  await page.getByText(t('desk.demo.out-done')).waitFor()
  expect(await context.cookies()).toEqual([])
  expect(errors).toEqual([])
})

it('has work for each desk role: a queue, a sign-off, a pair, words without a place', async () => {
  const { page } = await demo.person()
  await page.goto('/en/demo')
  await page.getByRole('button', { name: /Dalia/ }).click()
  await page.waitForURL('**/en/desk')
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' })
  const waiting = page.getByRole('region', { name: t('incidents.queue.waiting') })
  await waiting.getByRole('link').click()
  await page.getByText(t('incidents.do.sign-off-lede')).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: /Sign off/ }).click()
  await page.getByText(t('incidents.done.sign-off')).waitFor()
  await page.goto('/en/live')
  await page
    .getByText(/City Hall|Fathom Street & 5th Avenue/)
    .first()
    .waitFor()
})

it('tells what has expired as a day and a neighbourhood, on its own page too', async () => {
  const { page } = await demo.person({ javaScriptEnabled: false })
  await page.goto('/en/live')
  await page.locator('article.expired a').first().click()
  await page.getByRole('heading', { name: t('openness.incident.history-title') }).waitFor()
  const facts = (await page.locator('section[aria-labelledby="facts"]').textContent()) ?? ''
  const history = (await page.locator('section[aria-labelledby="history"]').textContent()) ?? ''
  const clock = /\d{1,2}:\d{2}/
  expect(facts).not.toMatch(clock)
  expect(history).not.toMatch(clock)
  expect(await page.locator('main article time').count()).toBe(0)
})

it('the desk has letters for every script that people write in; public pages do not pay for them', async () => {
  const { page } = await demo.person()
  const faces = () =>
    page.evaluate(async () => {
      await document.fonts.ready
      return [...document.fonts]
        .filter(({ status }) => status === 'loaded')
        .map(({ family }) => family)
    })
  await page.goto('/en/live')
  expect(await faces()).toEqual([])
  await stepInto(page, 'operator')
  await page
    .getByText(/[\u0980-\u09ff]{4}/)
    .first()
    .waitFor()
  await expect.poll(faces).toContain('Porchlight Bengali')
})
