import { randomBytes, randomUUID } from 'node:crypto'
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { journey, phone } from './browser.ts'
import { fillOnePage, keepOne, kept, offlinePage, press, ready } from './offline-steps.ts'
import { phoneMemory } from './phone-memory.ts'
import { textsOf } from './steps.ts'

const stage = journey()
const t = textsOf('en')
const hours = 3_600_000

const reports = (): Promise<Record<string, unknown>[]> =>
  stage.ask('select id, activity, first_hand from reports')

/** A phone in a pocket in the subway: the line comes and goes, and pages come and go with it. */
async function toggle(context: BrowserContext, page: Page, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    await context.setOffline(n % 2 === 0)
    await page.waitForTimeout(20 + Math.random() * 250)
    if (n % 5 === 4) await page.goto(offlinePage).catch(() => undefined)
  }
}

it('with airplane mode on and off again thirty times, five reports arrive once each', async () => {
  const { page, context } = await stage.person(phone)
  await ready(page, offlinePage)
  const before = (await reports()).length
  await context.setOffline(true)
  for (let n = 0; n < 5; n++) await keepOne(page, `toggled ${n}`)
  const other = await context.newPage()
  await other.goto(offlinePage)
  await toggle(context, page, 30)
  await context.setOffline(false)
  await page.goto(offlinePage)
  await expect.poll(() => kept(page, 'sent').count(), { timeout: 70_000 }).toBe(5)
  expect((await reports()).length - before).toBe(5)
})

it('after three days it is deleted unsent, and says so', async () => {
  const { page, context } = await stage.person(phone)
  await ready(page, offlinePage)
  const before = (await reports()).length
  await context.setOffline(true)
  await keepOne(page)
  await page.clock.setFixedTime(Date.now() + 71 * hours)
  await page.goto(offlinePage)
  await kept(page, 'waiting').waitFor()
  await page.clock.setFixedTime(Date.now() + 73 * hours)
  await page.goto(offlinePage)
  await kept(page, 'expired').waitFor()
  expect((await phoneMemory(page)).includes('age-encryption.org/v1')).toBe(false)
  await context.setOffline(false)
  await page.goto(offlinePage)
  await kept(page, 'expired').waitFor()
  expect((await reports()).length).toBe(before)
})

it('one that comes in too late to warn of says why it was not taken', async () => {
  const { page, context } = await stage.person(phone)
  await ready(page, offlinePage)
  await context.setOffline(true)
  await page.clock.setFixedTime(Date.now() - 71.9 * hours)
  await page.goto(offlinePage)
  await fillOnePage(page)
  await page.getByRole('radio', { name: t('reports.when.hours', { count: 1 }) }).check()
  await press(page)
  await kept(page, 'waiting').waitFor()
  await page.clock.setFixedTime(Date.now())
  await context.setOffline(false)
  await page.goto(offlinePage)
  await kept(page, 'refused').waitFor({ timeout: 30_000 })
  await page.getByText(t('reports.problem.too-old')).waitFor()
})

it('a page of somebody between us is no answer', async () => {
  const { page, context } = await stage.person(phone)
  await ready(page, offlinePage)
  await context.setOffline(true)
  await keepOne(page)
  let asked = 0
  await context.route('**/report/sealed', (route) => {
    asked++
    return route.fulfill({
      status: 200,
      contentType: 'text/html',
      body: '<h1>Log in to the hotel</h1>',
    })
  })
  await context.setOffline(false)
  await page.goto(offlinePage)
  await expect.poll(() => asked, { timeout: 15_000 }).toBeGreaterThan(0)
  await kept(page, 'waiting').waitFor()
  await context.unroute('**/report/sealed')
  // It may have gone by itself by now, and its button with it.
  const again = page.getByRole('button', { name: t('web.offline.try') })
  await again.click({ timeout: 2000 }).catch(() => undefined)
  await kept(page, 'sent').waitFor({ timeout: 15_000 })
})

it('the door of what waited takes one report a key, and refuses what it cannot open', async () => {
  const { page } = await stage.person()
  await page.goto(offlinePage)
  const recipient = (await page.locator('form[data-offline]').getAttribute('data-sealed-to')) ?? ''
  const sealed = async (text: string, to = recipient): Promise<Buffer> => {
    const encrypter = new Encrypter()
    encrypter.addRecipient(to)
    return Buffer.from(await encrypter.encrypt(text))
  }
  const send = async (data: Buffer): Promise<[number, unknown]> => {
    const headers = { 'content-type': 'application/octet-stream' }
    const answer = await page.request.post('/en/report/sealed', { data, headers })
    return [answer.status(), await answer.json().catch(() => null)]
  }
  const fields = {
    key: randomUUID(),
    activity: 'arrest',
    firstHand: 'yes',
    place: 'Cooper St & 2nd Ave',
    placeKind: 'street',
    when: 'now',
    asOf: new Date().toISOString(),
  }
  const once = await sealed(JSON.stringify(fields))
  const first = await send(once)
  expect(first).toEqual([201, { receipt: expect.stringMatching(/^\d{16}$/) }])
  expect(await send(once)).toEqual(first)
  expect(await send(await sealed(JSON.stringify(fields)))).toEqual(first)
  const stranger = await identityToRecipient(await generateX25519Identity())
  for (const wrong of [
    Buffer.from('age-encryption.org/v1\n'),
    randomBytes(500),
    Buffer.alloc(0),
    await sealed(JSON.stringify({ ...fields, key: randomUUID() }), stranger),
    await sealed('[1, 2'),
    await sealed('null'),
    await sealed(JSON.stringify({ ...fields, key: '' })),
    await sealed(JSON.stringify({ ...fields, key: randomUUID(), activity: 'party' })),
    Buffer.concat([once.subarray(0, -1), Buffer.of(0)]),
  ])
    expect((await send(wrong))[0]).toBe(422)
  expect((await send(await sealed('x'.repeat(40_000))))[0]).toBe(413)
})
