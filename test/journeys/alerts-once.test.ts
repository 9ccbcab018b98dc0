import { createECDH } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { confirmed } from '../alerting.ts'
import { alertStage, type Subscriber } from './alert-stage.ts'
import { turnOn } from './alert-steps.ts'
import { expectAccessible, phone } from './browser.ts'
import { textsOf } from './steps.ts'

const stage = alertStage()
const t = textsOf('en')

const desk = async (path: string): Promise<void> => {
  const token = await stage.app.token('verifier')
  await stage.app.call('POST', `/api/v1/desk/${path}`, { token, body: {} })
  await stage.app.settle()
}
const active = async (): Promise<number> =>
  (await stage.app.app.pool.query("select 1 from subscriptions where state = 'active'")).rowCount ??
  0

/** Tag, first words and whether it made a sound, of all that is shown. */
const heard = ({ page }: Subscriber) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    return (await registration.getNotifications()).map(({ tag, title, silent }) => ({
      tag,
      title: title.split(':')[0],
      silent: silent === true,
    }))
  })

it.each(['alerts', 'live'])(
  'what the open page /%s hears by its stream makes no second sound by push',
  async (at) => {
    const person = await stage.subscriber(phone)
    const { page, errors } = person
    await turnOn(stage.app, page)
    if (at === 'live') {
      await page.goto('/en/live')
      await page.getByText(t('openness.live.listening')).waitFor()
    }
    const id = await confirmed(stage.app)
    const first = { tag: id, title: 'Confirmed' }
    await vi.waitFor(
      async () => expect(await heard(person)).toContainEqual({ ...first, silent: false }),
      15_000,
    )
    const [message = ''] = await person.messages()
    await person.deliver(message)
    // In its place and without a sound, since a browser demands something for each push; and nothing beside it.
    await vi.waitFor(
      async () => expect(await heard(person)).toContainEqual({ ...first, silent: true }),
      15_000,
    )
    expect((await heard(person)).filter(({ tag }) => tag === 'porchlight-not-shown')).toEqual([])
    await desk(`incidents/${id}/end`)
    await vi.waitFor(
      async () =>
        expect(await heard(person)).toContainEqual({ tag: id, title: 'Over', silent: false }),
      15_000,
    )
    // The start comes once more, after its end: nothing of it is shown.
    await person.deliver(message)
    await vi.waitFor(
      async () =>
        expect((await heard(person)).map(({ tag }) => tag)).toContain('porchlight-not-shown'),
      15_000,
    )
    expect((await heard(person)).find(({ tag }) => tag === id)?.title).toBe('Over')
    expect(errors).toEqual([])
  },
)

it('a browser that was given another push address goes on being told, once there is a line again', async () => {
  const person = await stage.subscriber(phone)
  const { page, context } = person
  await turnOn(stage.app, page)
  const before = await active()
  person.loseAddress()
  await context.route('**/api/v1/subscriptions', (route) => route.abort())
  await page.reload()
  await page.getByText(t('web.alerts.lost-title')).waitFor()
  await expectAccessible(page)
  await context.unroute('**/api/v1/subscriptions')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByText(t('web.alerts.lost-title')).waitFor({ state: 'hidden' })
  expect(await active()).toBe(before)
  const id = await confirmed(stage.app)
  await vi.waitFor(async () => expect((await person.messages()).at(-1)).toContain(id), 15_000)
  await page.getByRole('button', { name: t('web.alerts.off') }).click()
  await page.getByText(t('web.alerts.off-title')).waitFor()
  expect(await active()).toBe(before - 1)
})

it('the service worker itself subscribes again when the browser says that the address changed', async () => {
  const person = await stage.subscriber(phone)
  const { page, context } = person
  await turnOn(stage.app, page)
  const before = await active()
  const vapid = (await page.locator('[data-alerts]').getAttribute('data-vapid')) ?? ''
  const endpoint = stage.service.subscribe(vapid)
  const p256dh = createECDH('prime256v1').generateKeys().toString('base64url')
  const keys = { p256dh, auth: 'A'.repeat(22) }
  const [worker] = context.serviceWorkers()
  await worker?.evaluate(
    async ([address, given]) => {
      const manager = (globalThis as unknown as { PushManager: { prototype: object } }).PushManager
      Object.assign(manager.prototype, {
        subscribe: async () => ({ toJSON: () => ({ endpoint: address, keys: given }) }),
      })
      const work: Promise<unknown>[] = []
      const event = Object.assign(new Event('pushsubscriptionchange'), {
        waitUntil: (each: Promise<unknown>) => work.push(each),
      })
      dispatchEvent(event)
      await Promise.all(work)
    },
    [endpoint, keys] as const,
  )
  expect(await active()).toBe(before)
  const posts = stage.service.ledger.length
  await confirmed(stage.app)
  await vi.waitFor(
    () =>
      expect(stage.service.ledger.slice(posts).map(({ path }) => path)).toContain(
        new URL(endpoint).pathname,
      ),
    15_000,
  )
})

it('a place is taken on the map by keyboard, and no point of it leaves the phone', async () => {
  const { page, context, errors } = await stage.subscriber(phone)
  const sent: string[] = []
  context.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await page.goto('/en/alerts')
  expect(sent.some((each) => each.includes('pmtiles'))).toBe(false)
  await page.getByRole('button', { name: t('web.map.choose') }).click()
  await page.locator('[data-map][data-state="ready"]').waitFor()
  await page.locator('[data-map-canvas] canvas').focus()
  await page.keyboard.press('+')
  await page.keyboard.press('Enter')
  await page
    .getByText(t('web.alerts.map-place', { number: '1' }))
    .first()
    .waitFor()
  await page.getByLabel(t('web.alerts.own-name')).fill('School')
  await expectAccessible(page)
  await page.getByRole('radio', { name: t('web.alerts.how.webpush') }).check()
  await page.getByRole('button', { name: t('web.alerts.review') }).click()
  await page.getByRole('heading', { name: t('web.alerts.before-title') }).waitFor()
  const { lat, lon } = stage.app.app.city.centre
  const told = sent.filter((each) => /nearest|[?&]lat|"lat"|School/.test(each))
  expect(told).toEqual([])
  for (const degrees of [lat, lon])
    expect(sent.filter((each) => each.includes(degrees.toFixed(2)))).toEqual([])
  expect(errors).toEqual([])
})

it('the live page that hears nothing any more says so by itself, without being loaded again', async () => {
  const { page, context, errors } = await stage.subscriber(phone)
  await page.clock.install()
  await page.goto('/en/live')
  await page.getByText(t('openness.live.listening')).waitFor()
  const warning = page.getByText(t('openness.live.silent-title'))
  expect(await warning.isVisible()).toBe(false)
  await page.evaluate(() => Object.assign(globalThis, { stillHere: true }))
  await page.clock.fastForward(70_000)
  await warning.waitFor()
  await expectAccessible(page)
  expect(await page.evaluate(() => Object.hasOwn(globalThis, 'stillHere'))).toBe(true)
  await context.close()
  expect(errors).toEqual([])
})
