import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { journey, openDesk } from './browser.ts'
import { payloads } from './injection-payloads.ts'
import { stepInto, textsOf } from './steps.ts'

const demo = journey('demo')
const t = textsOf('en')

/** Elements that no page of ours has in its main part: they could come from a payload only. */
const foreign =
  'iframe, object, embed, script, math, base, meta, template, video, style, body, form[action^="javascript"]'

/** Watches a page for anything that ran, and for anything that the policy had to stop. */
async function watch(page: Page): Promise<string[]> {
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.exposeFunction('tell', (what: string) => void seen.push(what))
  await page.addInitScript(() => {
    const tell = (what: string): void =>
      void (window as never as { tell(w: string): void }).tell(what)
    Object.defineProperty(window, 'pwned', { get: () => tell('read'), set: () => tell('ran') })
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // SvelteKit's announcer has a style attribute of its own, which base.css does without.
      if (violatedDirective !== 'style-src-attr') tell(`policy: ${violatedDirective} ${blockedURI}`)
    })
  })
  return seen
}

/** Sends every payload in every field that takes words, each at a corner of its own. */
async function sendAll(url: string): Promise<string[]> {
  const receipts: string[] = []
  for (const payload of payloads) {
    const short = payload.slice(0, 200)
    const body = {
      activity: 'stop',
      place: { text: short },
      observedAt: new Date().toISOString(),
      firstHand: true,
      ...{ size: short, unit: short, uniform: short, equipment: short, contact: short },
      description: payload,
    }
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const answer = await fetch(`${url}/api/v1/reports`, init)
    expect(answer.status, payload).toBe(201)
    receipts.push((await answer.json()).receipt)
  }
  for (const receipt of receipts.slice(0, 5))
    await fetch(`${url}/api/v1/reports/mine/additions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Receipt ${receipt}` },
      body: JSON.stringify({ text: payloads.join('\n').slice(0, 4000) }),
    })
  return receipts
}

it('whatever strangers write is shown as what they wrote, at the desk and in public', async () => {
  const { url } = demo.program
  const { page, errors } = await demo.person()
  const seen = await watch(page)
  await sendAll(url)
  await stepInto(page, 'operator')
  await expect
    .poll(() => page.locator('main a[href*="/desk/incidents/"]').count(), { timeout: 20_000 })
    .toBeGreaterThan(10)
  const links = await page
    .locator('main a[href*="/desk/incidents/"]')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
  let shown = 0
  for (const link of links) {
    await openDesk(page, link)
    const text = (await page.locator('main').textContent()) ?? ''
    expect(await page.locator(`main :is(${foreign})`).count(), link).toBe(0)
    if (payloads.some((payload) => text.includes(payload.slice(0, 20).trim()))) shown++
  }
  // Shown as text, not swallowed: otherwise nothing was tried.
  expect(shown).toBeGreaterThan(payloads.length / 4)
  for (const payload of payloads.slice(0, 20)) {
    const query = encodeURIComponent(payload)
    for (const path of [`/en/check?code=${query}`, `/en/live?near=${query}`, `/en/live/${query}`])
      await page.goto(path)
    await page.goto('/en/check')
    await page.locator('main textarea, main input[type="text"]').first().fill(payload)
    await page.locator('main form button').first().click()
    await page.waitForLoadState()
  }
  expect(seen).toEqual([])
  expect(errors.filter((error) => !/status of (4|5)\d\d/.test(error))).toEqual([])
}, 240_000)

it('a name that an administrator is talked into is only a name', async () => {
  const { page, errors } = await demo.person()
  const seen = await watch(page)
  await stepInto(page, 'admin')
  for (const payload of payloads.slice(0, 12)) {
    await openDesk(page, '/en/desk/people')
    await page.getByText(t('desk.invite.title'), { exact: true }).click()
    await page.getByLabel(t('desk.invite.organisation')).fill(payload.slice(0, 80))
    await page.getByLabel(t('desk.invite.name'), { exact: true }).fill(payload.slice(0, 80))
    await page
      .getByRole('group', { name: t('desk.invite.roles') })
      .getByRole('checkbox')
      .first()
      .check()
    await page.getByRole('button', { name: t('desk.invite.button') }).click()
    await page.waitForLoadState('networkidle')
  }
  await openDesk(page, '/en/desk/people')
  await openDesk(page, '/en/desk/audit')
  expect(seen).toEqual([])
  expect(errors).toEqual([])
}, 120_000)
