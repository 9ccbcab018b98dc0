import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from './browser/chromium.ts'
import { startProgram } from './browser/program.ts'

// `node tools/demo-push.ts`: starts the demonstration, subscribes a real browser in Spanish and one in Arabic, has an
// alert, its correction and an all-clear played, prints every notification as the browser holds it, and pictures the
// page at each into shots/. Ends with 1 where a browser was not shown all four.

const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'shots')
const people = [
  { lang: 'es', corner: 'Hilltop Pkwy & Keel St' },
  { lang: 'ar', corner: 'Gannet St & 6th Ave' },
]
const expected = 4
const patienceMilliseconds = 45_000

async function subscribe(page: Page, lang: string, corner: string): Promise<void> {
  await page.goto(`/${lang}/alerts`)
  await page.locator('input[name="place"]').fill(corner)
  await page.locator('[data-find]').click()
  await page.locator('[data-hits] button').first().click()
  await page.locator('input[name="width"][value="near"]').check()
  await page.locator('input[name="channel"][value="webpush"]').check()
  await page.locator('[data-review-button]').click()
  await page.locator('[data-subscribe]').click()
  await page.locator('[data-on]').waitFor()
}

/** What the browser's notifications say, each with the number of the incident before it. */
const notifications = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const all = await registration.getNotifications()
    return all.map(({ tag, title, body }) => `${tag}: ${title}\n    ${body}`)
  })

/** One person's browser, from the form to the all-clear; answers how many different notifications it showed. */
async function play(
  browser: Browser,
  origin: string,
  { lang, corner }: (typeof people)[number],
): Promise<number> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: lang,
    viewport: { width: 390, height: 844 },
  })
  await context.grantPermissions(['notifications'], { origin })
  const page = await context.newPage()
  await subscribe(page, lang, corner)
  await page.locator('[data-demo-show]').click()
  const seen = new Set<string>()
  const until = Date.now() + patienceMilliseconds
  while (seen.size < expected && Date.now() < until) {
    for (const each of await notifications(page)) {
      if (seen.has(each)) continue
      seen.add(each)
      console.log(`${lang} ${seen.size}  ${each}`)
      await page.screenshot({ path: join(folder, `push-${lang}-${seen.size}.png`), fullPage: true })
    }
    await page.waitForTimeout(200)
  }
  await context.close()
  return seen.size
}

mkdirSync(folder, { recursive: true })
const [program, browser] = await Promise.all([startProgram('demo'), launchChromium()])
try {
  for (const person of people) {
    const shown = await play(browser, program.url, person)
    if (shown !== expected) process.exitCode = 1
    console.log(`${person.lang}: ${shown} of ${expected} were shown.`)
  }
} finally {
  await browser.close()
  await program.stop()
}
console.log('Pictures are in shots/.')
