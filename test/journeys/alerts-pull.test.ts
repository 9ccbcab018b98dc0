import { expect, it, vi } from 'vitest'
import { confirmed } from '../alerting.ts'
import { alertStage } from './alert-stage.ts'
import { fillForm, turnOn } from './alert-steps.ts'
import { expectAccessible, phone } from './browser.ts'
import { textsOf } from './steps.ts'

const stage = alertStage()
const t = textsOf('en')
const subscriptions = async () =>
  (await stage.app.app.pool.query('select state, channel, language from subscriptions')).rows

it('a phone that asks by itself is told, nothing is kept of it, and it says how old its knowledge is', async () => {
  const person = await stage.subscriber(phone)
  const { page, context } = person
  const id = await confirmed(stage.app)
  const far = await confirmed(stage.app, 3)
  const sent: string[] = []
  context.on('request', (request) =>
    sent.push(`${request.method()} ${new URL(request.url()).pathname}`),
  )
  await turnOn(stage.app, page, { way: 'pull' })
  await page.getByRole('link', { name: /^Confirmed/ }).waitFor()
  await expectAccessible(page)
  expect(await page.locator('[data-feed-list] a').count()).toBe(1)
  await vi.waitFor(async () => expect((await person.shown()).map(({ tag }) => tag)).toEqual([id]))
  expect(far).not.toBe(id)
  expect(await subscriptions()).toEqual([])
  expect(sent.filter((request) => request.startsWith('POST'))).toEqual([])
  expect(sent).toContain('GET /feeds/city.plf')

  // The page asks again: what was shown is not shown again, and its end is.
  await page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready
    for (const each of await worker.getNotifications()) each.close()
  })
  await page.reload()
  await page.getByRole('link', { name: /^Confirmed/ }).waitFor()
  expect(await person.shown()).toEqual([])
  const token = await stage.app.token('verifier')
  await stage.app.call('POST', `/api/v1/desk/incidents/${id}/end`, { token, body: {} })
  await stage.app.settle()
  await page.reload()
  await vi.waitFor(async () =>
    expect((await person.shown()).map(({ title }) => title.slice(0, 5))).toEqual(['Over:']),
  )

  const age = page.locator('[data-feed-age]')
  expect(await age.getAttribute('data-stale')).toBeNull()
  await page.clock.install()
  await page.reload()
  await age.filter({ hasText: /second/ }).waitFor()
  await context.setOffline(true)
  await page.clock.fastForward(180_000)
  await page.locator('[data-feed-age][data-stale]').waitFor()
  expect(await age.textContent()).toMatch(/3 minutes ago. Do not take silence/)
  await expectAccessible(page)
})

it('a feed that somebody on the way has changed is not believed', async () => {
  const person = await stage.subscriber(phone)
  const { page, context } = person
  await confirmed(stage.app)
  let answered = 0
  await context.route('**/feeds/city.plf', async (route) => {
    const answer = await route.fetch()
    const body = await answer.body()
    body[20] = (body[20] ?? 0) ^ 1
    await route.fulfill({ status: 200, body })
    answered += 1
  })
  await turnOn(stage.app, page, { way: 'pull' })
  await expect.poll(() => answered).toBeGreaterThan(0)
  expect(await page.locator('[data-feed-age]').textContent()).toBe(t('web.alerts.feed-never'))
  expect(await page.locator('[data-feed-list] a').count()).toBe(0)
  expect(await person.shown()).toEqual([])
})

it('without script, and where this city sends e-mail, the server finds places and says what it keeps', async () => {
  // The letters themselves have their own tests; here nobody writes any.
  stage.app.app.alerts.channels.email = { send: async () => {}, stop: async () => {} }
  const { page, errors } = await stage.subscriber({ ...phone, javaScriptEnabled: false })
  await page.goto('/en/alerts')
  await page.getByLabel(t('web.alerts.place-label')).fill('Cooper St & 2nd Ave')
  await page.getByRole('button', { name: t('web.alerts.place-find'), exact: true }).click()
  await page.locator('[data-hits] button').first().click()
  await expectAccessible(page)
  await page.getByRole('radio', { name: t('web.alerts.how.email') }).check()
  await page.getByLabel(t('web.alerts.email')).fill('nobody')
  await page.getByRole('button', { name: t('web.alerts.review') }).click()
  const cells = await page.locator('[data-review] [data-stored-cells]').textContent()
  expect(cells).toMatch(/^8[5-9][0-9a-f]{13} /)
  await page.getByRole('button', { name: t('web.alerts.subscribe') }).click()
  await page.locator('#email-error').getByText(t('web.alerts.problem.address')).waitFor()
  await page.getByLabel(t('web.alerts.email')).fill('nobody@example.org')
  await page.getByRole('button', { name: t('web.alerts.review') }).click()
  await page.getByRole('button', { name: t('web.alerts.subscribe') }).click()
  await page.getByText(t('web.alerts.pending-text')).waitFor()
  await expectAccessible(page)
  expect(await subscriptions()).toEqual([{ state: 'pending', channel: 'email', language: 'en' }])
  expect(errors).toEqual([])

  // With a script the phone finds the places, and the server is sent the same cells.
  const { page: other } = await stage.subscriber(phone)
  await fillForm(stage.app, other, { way: 'email', email: 'somebody@example.org' })
  await other.getByRole('button', { name: t('web.alerts.subscribe') }).click()
  await other.getByText(t('web.alerts.pending-text')).waitFor()
  expect(await subscriptions()).toHaveLength(2)
})
