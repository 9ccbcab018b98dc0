import type { BrowserContext, Page } from 'playwright-core'

/** How a page is looked at. */
export interface View {
  lang: string
  width: 390 | 1280
  theme: 'light' | 'dark'
  script: boolean
}

const languages = ['en', 'ar']
const widths = [390, 1280] as const
const themes = ['light', 'dark'] as const

/** Every look of every page; and Bengali, whose script needs a face of our own, once. */
export const views: readonly View[] = [
  ...languages.flatMap((lang) =>
    widths.flatMap((width) =>
      themes.flatMap((theme) =>
        [true, false].map((script): View => ({ lang, width, theme, script })),
      ),
    ),
  ),
  { lang: 'bn', width: 390, theme: 'light', script: true },
]

/** One page to be pictured. */
interface Shot {
  name: string
  /** It needs JavaScript: the desk does. */
  script?: boolean
  /** Only this part of the page is pictured. */
  part?: string
  open(page: Page, lang: string): Promise<unknown>
}

const at =
  (path: string) =>
  (page: Page, lang: string): Promise<unknown> =>
    page.goto(`/${lang}${path}`)

/** Who each browser has stepped into: the same person need not be stepped into twice. */
const roleOf = new WeakMap<BrowserContext, string>()

/** Becomes somebody of the demo by their role, and opens a page of the desk as them. */
const as =
  (role: string, path = '') =>
  async (page: Page, lang: string): Promise<void> => {
    if (roleOf.get(page.context()) !== role) {
      await page.goto(`/${lang}/demo`)
      await page.locator(`[data-role="${role}"] button`).first().click()
      await page.waitForURL('**/desk')
      roleOf.set(page.context(), role)
    }
    await page.goto(`/${lang}/desk${path}`)
    await hydrated(page)
  }

const hydrated = (page: Page): Promise<void> =>
  page.locator('#svelte-announcer').waitFor({ state: 'attached' })

/** As somebody, the first incident of a group of the queue. */
const incident =
  (role: string, group: string) =>
  async (page: Page, lang: string): Promise<void> => {
    await as(role)(page, lang)
    const link = page.locator(`section[aria-labelledby="group-${group}"] a`).first()
    await page.goto((await link.getAttribute('href')) ?? '')
    await hydrated(page)
  }

/** The public form up to a step, by the names of its fields: those are the same in every language. */
async function reportTo(page: Page, lang: string, step: 'where' | 'when' | 'sent'): Promise<void> {
  await page.goto(`/${lang}/report`)
  await page.locator('input[name="activity"][value="arrest"]').check()
  await page.locator('input[name="firstHand"][value="yes"]').check()
  await page.locator('button[formaction="?/where"]').click()
  await page.locator('input[name="place"]').fill('Gannet St & 6th Ave')
  await page.locator('[data-find]').click()
  await page.locator('input[name="choice"]').first().check()
  await page.locator('input[name="placeKind"][value="street"]').check()
  if (step === 'where') return
  await page.locator('button[formaction="?/when"]').click()
  await page.locator('input[name="when"][value="now"]').check()
  if (step === 'when') return
  await page.locator('button[formaction="?/send"]').click()
  await page.locator('figure .code').waitFor()
}

/** A report that waits on the phone: nothing of it can be read there. */
async function keptReport(page: Page, lang: string): Promise<void> {
  await page.route('**/report/sealed', (route) => route.abort())
  await page.goto(`/${lang}/report/offline`)
  await page.locator('input[name="activity"][value="raid"]').check()
  await page.locator('input[name="firstHand"][value="yes"]').check()
  await page.locator('input[name="place"]').fill('Gannet St & 6th Ave')
  await page.locator('input[name="placeKind"][value="street"]').check()
  await page.locator('input[name="when"][value="now"]').check()
  await page.locator('#send').click()
  await page.locator('[data-kept-list] li').first().waitFor()
}

/** The page for photos and video, as it opens from a report that was just sent. */
async function addPhoto(page: Page, lang: string): Promise<void> {
  await reportTo(page, lang, 'sent')
  await page.locator('form[action$="/receipt/photo"] button').click()
  await page.waitForURL('**/receipt/photo')
}

async function ownReport(page: Page, lang: string): Promise<void> {
  await reportTo(page, lang, 'sent')
  const digits = (await page.locator('figure .code').textContent()) ?? ''
  await page.goto(`/${lang}/receipt`)
  await page.locator('input[name="receipt"]').fill(digits)
  await page.locator('main form button').first().click()
  await page.locator('#outcome').waitFor()
}

async function firstIncident(page: Page, lang: string): Promise<void> {
  await page.goto(`/${lang}/live`)
  const link = page.locator(`main a[href*="/${lang}/live/"]`).first()
  await page.goto((await link.getAttribute('href')) ?? '')
}

/** The live page with its map open, some steps closer; and one mark chosen. */
const mapAt =
  (steps: number, chosen = false) =>
  async (page: Page, lang: string): Promise<void> => {
    await page.goto(`/${lang}/live`)
    await page.locator('[data-map-open]').click()
    await page.locator('[data-map][data-state="ready"]').waitFor({ timeout: 60_000 })
    for (let step = 0; step < steps; step++) {
      await page.locator('[data-map-closer]').click()
      await page.waitForTimeout(400)
    }
    if (chosen) await page.locator('[data-mark-of] button.area').first().press('Enter')
    // Tiles and letters of the last step.
    await page.waitForTimeout(1500)
  }

/** The second step of a report with the map open under the cross. */
async function chooseOnMap(page: Page, lang: string): Promise<void> {
  await page.goto(`/${lang}/report`)
  await page.locator('input[name="activity"][value="arrest"]').check()
  await page.locator('input[name="firstHand"][value="yes"]').check()
  await page.locator('button[formaction="?/where"]').click()
  await page.locator('[data-map-open]').click()
  await page.locator('[data-map][data-state="ready"]').waitFor({ timeout: 60_000 })
  await page.waitForTimeout(1500)
}

/** Every page, public ones first. */
export const shots: readonly Shot[] = [
  { name: 'home', open: at('') },
  { name: 'live', open: at('/live') },
  { name: 'map-city', script: true, part: '[data-map-section]', open: mapAt(0) },
  { name: 'map-streets', script: true, part: '[data-map-section]', open: mapAt(2) },
  { name: 'map-corner', script: true, part: '[data-map-section]', open: mapAt(3) },
  { name: 'map-area', script: true, part: '[data-map-section]', open: mapAt(0, true) },
  { name: 'report-map', script: true, open: chooseOnMap },
  { name: 'incident', open: firstIncident },
  { name: 'report-1', open: at('/report') },
  { name: 'report-2', open: (page, lang) => reportTo(page, lang, 'where') },
  { name: 'report-3', open: (page, lang) => reportTo(page, lang, 'when') },
  { name: 'report-sent', open: (page, lang) => reportTo(page, lang, 'sent') },
  { name: 'report-one-page', open: at('/report/offline') },
  { name: 'report-kept', script: true, open: keptReport },
  { name: 'photo', open: addPhoto },
  { name: 'receipt', open: at('/receipt') },
  { name: 'receipt-outcome', open: ownReport },
  { name: 'check', open: at('/check') },
  { name: 'alerts', open: at('/alerts') },
  { name: 'rights', open: at('/rights') },
  { name: 'rights-guide', open: at('/rights/home-door') },
  { name: 'rights-print', open: at('/rights/home-door/print') },
  { name: 'rights-plan', open: at('/rights/plan') },
  { name: 'rights-card', open: at('/rights/card') },
  { name: 'rights-warrant', open: at('/rights/warrant') },
  { name: 'privacy', open: at('/about/privacy') },
  { name: 'policy', open: at('/about/policy') },
  { name: 'security', open: at('/about/security') },
  { name: 'components', open: at('/about/components') },
  { name: 'missing', open: at('/no-such-page') },
  { name: 'demo', open: at('/demo') },
  { name: 'desk-sign-in', open: at('/desk/sign-in') },
  { name: 'desk-queue', script: true, open: as('verifier') },
  { name: 'desk-incident-find', script: true, open: incident('verifier', 'open') },
  { name: 'desk-incident-sign-off', script: true, open: incident('approver', 'waiting') },
  { name: 'desk-incident-published', script: true, open: incident('operator', 'published') },
  { name: 'desk-report', script: true, open: as('operator', '/report') },
  { name: 'desk-people', script: true, open: as('admin', '/people') },
  { name: 'desk-sending', script: true, open: as('approver', '/sending') },
  { name: 'desk-record', script: true, open: as('admin', '/audit') },
  { name: 'desk-me', script: true, open: as('responder', '/me') },
  { name: 'desk-translations', script: true, open: as('records', '/translations?in=ar') },
  { name: 'desk-without-queue', script: true, open: as('frontline') },
]

/** Those that README and docs show. */
export const chosen: readonly string[] = [
  'home-en-1280-light.png',
  'home-en-390-light.png',
  'home-ar-390-dark.png',
  'home-bn-390-light.png',
  'live-en-390-light.png',
  'map-city-en-1280-light.png',
  'map-streets-en-1280-light.png',
  'map-corner-en-1280-light.png',
  'map-streets-en-1280-dark.png',
  'map-area-ar-390-dark.png',
  'report-map-en-390-light.png',
  'incident-en-390-light.png',
  'report-1-en-390-light.png',
  'report-sent-en-390-light.png',
  'check-en-390-light.png',
  'desk-queue-en-1280-light.png',
  'desk-incident-sign-off-en-1280-light.png',
  'desk-report-en-1280-light.png',
]
