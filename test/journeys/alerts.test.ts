import { expect, it, vi } from 'vitest'
import { sha256 } from '../../src/kernel/crypto.ts'
import { confirmed, subscribedPhone } from '../alerting.ts'
import { alertStage, type Subscriber } from './alert-stage.ts'
import { cornerOf, turnOn } from './alert-steps.ts'
import { expectAccessible, phone } from './browser.ts'
import { textsOf } from './steps.ts'

const stage = alertStage()

const desk = async (path: string, body: object = {}): Promise<void> => {
  const token = await stage.app.token('verifier')
  const { status } = await stage.app.call('POST', `/api/v1/desk/${path}`, { token, body })
  expect(status).toBe(200)
  await stage.app.settle()
}

/** Leaves for a page that hears nothing by itself: what is shown from here on came by push. */
const elsewhere = ({ page }: Subscriber) => page.goto('/en/about/privacy')

/** Hands the worker what came since, and waits until so much is shown under the tag. */
async function shows(person: Subscriber, text: string, tag: string, words: RegExp): Promise<void> {
  await person.deliver(text)
  await vi.waitFor(
    async () => {
      const found = (await person.shown()).find((each) => each.tag === tag)
      expect(`${found?.title} ${found?.body}`).toMatch(words)
    },
    { timeout: 10_000 },
  )
}

it('what two people signed off is shown; the correction takes its place; no place leaves the phone', async () => {
  const person = await stage.subscriber(phone)
  const { page, context, errors } = person
  const sent: string[] = []
  context.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await turnOn(stage.app, page)
  await expectAccessible(page)
  const { label, lat, lon } = cornerOf(stage.app)
  const words = [label, encodeURIComponent(label), new URLSearchParams({ q: label }).toString()]
  const secrets = ['Grandmother', '"place', `${lat}`.slice(0, 6), `${lon}`.slice(0, 7), ...words]
  expect(sent.some((request) => /\/api\/v1\/subscriptions .*"cells"/.test(request))).toBe(true)
  for (const secret of secrets)
    expect(
      sent.filter((request) => request.includes(secret)),
      secret,
    ).toEqual([])
  const { rows } = await stage.app.app.pool.query('select language, channel from subscriptions')
  expect(rows).toEqual([{ language: 'en', channel: 'webpush' }])

  await elsewhere(person)
  const id = await confirmed(stage.app)
  const [first = ''] = await person.messages()
  await shows(person, first, id, /^Confirmed: people stopped, .*lawyer/)
  await vi.waitFor(async () => {
    const { body } = await stage.app.call('GET', `/api/v1/alerts/${id}`)
    expect(body.revisions[0].receiptsConfirmed).toBe(1)
  })
  await desk(`incidents/${id}/correct`)
  const second = (await person.messages())[1] ?? ''
  await shows(person, second, id, /^Correction: .*We were wrong/)
  // The first again, after its correction: nothing of its words.
  await shows(person, first, 'porchlight-not-shown', /^Nothing new/)
  const left = (await person.shown()).filter(({ tag }) => tag === id)
  expect(left.map(({ path }) => path)).toEqual([`/en/live/${id}`])
  expect((await fetch(`${stage.url}/en/live/${id}`)).status).toBe(200)
  expect(left[0]?.title).toMatch(/^Correction/)
  expect(errors).toEqual([])
})

it('a forged, cut or foreign message shows nothing of its words', async () => {
  const person = await stage.subscriber(phone)
  await turnOn(stage.app, person.page)
  await elsewhere(person)
  const id = await confirmed(stage.app)
  const [real = ''] = await person.messages()
  const [signature = '', keyId, receipt] = real.split('.', 3)
  const document = real.slice(real.indexOf('{'))
  const flipped = signature.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))
  for (const bad of [
    real.replace('"kind":"confirmed"', '"kind":"all-clear"'),
    real.slice(0, -10),
    `${flipped}.${keyId}.${receipt}.${document}`,
    `${signature}.other.${receipt}.${document}`,
    'CANARY',
    `${signature}.${keyId}.${receipt}.${document.replace(/"place":"/, '"place":"CANARY ')}`,
  ]) {
    await shows(person, bad, 'porchlight-not-shown', /^A message could not be checked/)
    const all = JSON.stringify(await person.shown())
    expect(all).not.toContain('CANARY')
    expect((await person.shown()).map(({ tag }) => tag)).toEqual(['porchlight-not-shown'])
  }
  await shows(person, real, id, /^Confirmed/)
  // One of them named another key: the page says so, and does not take it by itself.
  await person.page.goto('/en/alerts')
  const notice = person.page.getByText(textsOf('en')('web.alerts.key-title'))
  await notice.waitFor()
  await expectAccessible(person.page)
  await person.page.getByRole('button', { name: textsOf('en')('web.alerts.key-accept') }).click()
  await notice.waitFor({ state: 'hidden' })
  await person.page.reload()
  await person.page.getByText('Grandmother').waitFor()
  expect(await notice.isVisible()).toBe(false)
})

it.each([
  ['es', /^Confirmado/],
  ['ar', /^مؤكَّد/],
])('in %s it is told in that language, and the all-clear too', async (lang, words) => {
  const person = await stage.subscriber(phone)
  const t = textsOf(lang)
  await turnOn(stage.app, person.page, { lang })
  await expectAccessible(person.page)
  await elsewhere(person)
  const id = await confirmed(stage.app)
  await shows(person, (await person.messages())[0] ?? '', id, words)
  await desk(`incidents/${id}/end`)
  const over = t('openness.headline.ended', { place: '' }).trim()
  await shows(person, (await person.messages())[1] ?? '', id, new RegExp(`^${over}`))
  expect(person.errors).toEqual([])
})

it('turned off on the page, nothing comes any more and nothing is kept', async () => {
  const person = await stage.subscriber(phone)
  const { page } = person
  await turnOn(stage.app, page)
  const count = async () =>
    (await stage.app.app.pool.query("select 1 from subscriptions where state = 'active'")).rowCount
  const before = (await count()) ?? 0
  await page.reload()
  await page.getByText('Grandmother').waitFor()
  await page.getByRole('button', { name: textsOf('en')('web.alerts.off') }).click()
  await page.getByText(textsOf('en')('web.alerts.off-title')).waitFor()
  expect(await count()).toBe(before - 1)
  await confirmed(stage.app)
  expect(await person.messages()).toEqual([])
  await page.reload()
  await page.getByLabel(textsOf('en')('web.alerts.place-label')).waitFor()
  expect(await page.getByText('Grandmother').count()).toBe(0)
})

it('by the link of a message it ends without script, and a guess is answered alike', async () => {
  const t = textsOf('en')
  const { page, errors } = await stage.subscriber({ ...phone, javaScriptEnabled: false })
  const told = await subscribedPhone(stage.app, stage.service)
  const said: string[] = []
  for (const capability of [told.capability, 'A'.repeat(43), told.capability]) {
    const answer = await page.goto(`/en/alerts/off/${capability}`)
    expect(answer?.headers()['cache-control']).toBe('no-store')
    await expectAccessible(page)
    await page.getByRole('button', { name: t('web.alerts.off') }).click()
    await page.getByText(t('web.alerts.off-done')).waitFor()
    said.push((await page.locator('main').textContent()) ?? '')
  }
  expect(new Set(said).size).toBe(1)
  await page.goto(`/en/alerts/confirm/${'A'.repeat(43)}`)
  await expectAccessible(page)
  await page.getByRole('button', { name: t('web.alerts.confirm') }).click()
  await page.getByText(t('web.alerts.confirm-done')).waitFor()
  const { rows } = await stage.app.app.pool.query(
    'select state from subscriptions where capability_hash = $1',
    [sha256(told.capability)],
  )
  expect(rows.map(({ state }) => state)).not.toContain('active')
  expect(errors).toEqual([])
})

it('without script it says what there is, and shows the feeds', async () => {
  const { page } = await stage.subscriber({ ...phone, javaScriptEnabled: false })
  await page.goto('/en/alerts')
  await page.getByText(textsOf('en')('web.alerts.plain-none')).waitFor()
  expect(await page.getByLabel(textsOf('en')('web.alerts.place-label')).isVisible()).toBe(false)
  await expectAccessible(page)
})

it('an installed page may bear a neutral name and icon', async () => {
  const { page } = await stage.subscriber(phone)
  const names: string[] = []
  for (const look of ['own', 'plain']) {
    await page.goto('/en/alerts')
    await page.getByRole('link', { name: textsOf('en')(`web.alerts.install-${look}`) }).click()
    await page.waitForURL(`**?app=${look}*`)
    await expectAccessible(page)
    const address = await page.locator('link[rel="manifest"]').getAttribute('href')
    const manifest = await (await fetch(stage.url + address)).json()
    expect((await fetch(stage.url + manifest.icons[0].src)).headers.get('content-type')).toMatch(
      /svg/,
    )
    names.push(manifest.name)
  }
  expect(names).toEqual(['Porchlight', 'Notes'])
})

it('quick exit leaves alerts on, and what the phone keeps of them says so', async () => {
  const person = await stage.subscriber(phone)
  const { page } = person
  await turnOn(stage.app, page)
  await page.locator('a[data-exit]').click()
  await page.waitForURL((url) => url.origin !== stage.url)
  await page.goto(`${stage.url}/en/alerts`)
  await page.getByText('Grandmother').waitFor()
  const id = await confirmed(stage.app)
  await shows(person, (await person.messages())[0] ?? '', id, /^Confirmed/)
})
