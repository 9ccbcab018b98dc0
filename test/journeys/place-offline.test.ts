import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { PlaceAnswer } from '../../src/kernel/city/index.ts'
import { NYC_QUERIES } from '../../src/kernel/city/nyc-queries.ts'
import { journey, phone } from './browser.ts'
import { textsOf } from './steps.ts'

const newYork = journey('serve', 'nyc')

/** Goes to the step of the form that asks where. */
async function openWhere(page: Page): Promise<void> {
  const t = textsOf('en')
  await page.goto('/en/report')
  await page.getByRole('radio', { name: t('reports.activity.raid') }).check()
  await page.getByRole('radio', { name: t('reports.first-hand.yes') }).check()
  await page.getByRole('button', { name: t('reports.next') }).click()
  await page.getByLabel(t('reports.where.title')).waitFor()
}

const kept = (page: Page): Promise<boolean> =>
  page.evaluate(async () => !!(await caches.match('/api/v1/places/index')))

it('once the phone keeps the city, places are suggested with the line gone', async () => {
  const { page, context, errors } = await newYork.person(phone)
  await openWhere(page)
  await expect.poll(() => kept(page), { timeout: 15_000 }).toBe(true)
  await context.setOffline(true)
  const where = page.getByLabel(textsOf('en')('reports.where.title'))
  await where.pressSequentially('rosevelt & 82')
  const first = page.getByRole('option').first()
  await first.waitFor()
  expect(await first.textContent()).toBe('82nd Street & Roosevelt Avenue, Queens')
  await first.click()
  expect(await page.locator('input[name="placeId"]').inputValue()).toBe(
    'x:82nd-st+roosevelt-av@queens',
  )
  expect(errors.filter((error) => !error.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
})

it('quick exit takes what the phone kept along', async () => {
  const { page } = await newYork.person(phone)
  await openWhere(page)
  await expect.poll(() => kept(page), { timeout: 15_000 }).toBe(true)
  await page.locator('a[data-exit]').click()
  await page.waitForURL((url) => url.origin !== new URL(newYork.program.url).origin)
  await page.goto(`${newYork.program.url}/en/about/privacy`)
  expect(await page.evaluate(() => caches.keys())).toEqual([])
})

it('with the line gone and nothing kept, the form stays as it is', async () => {
  // Without the service worker: the browser does not always tell which of its requests failed behind one.
  const { page, context } = await newYork.person({ ...phone, serviceWorkers: 'block' })
  await context.route('**/api/v1/places/index', (route) => route.abort())
  await openWhere(page)
  await context.setOffline(true)
  const where = page.getByLabel(textsOf('en')('reports.where.title'))
  const unanswered = context.waitForEvent('requestfailed', (request) =>
    /places\?/.test(request.url()),
  )
  await where.pressSequentially('82 & roosevelt')
  await unanswered
  expect(await page.getByRole('option').count()).toBe(0)
  expect(await where.inputValue()).toBe('82 & roosevelt')
})

interface Asked {
  query: string
  lang: string
}

interface WithWorker {
  searching: Worker
}

/** Starts the phone's own worker on its own, as the page's script does. */
function startPhone(page: Page, worker: string): Promise<void> {
  return page.evaluate((address) => {
    Object.assign(window, { searching: new Worker(address, { type: 'module' }) })
  }, worker)
}

/** The worker's answers, one after the other. */
function askPhone(page: Page, asked: Asked[]): Promise<(PlaceAnswer | null)[]> {
  return page.evaluate(async (list) => {
    const { searching } = window as unknown as WithWorker
    const answers: (PlaceAnswer | null)[] = []
    for (const { query, lang } of list)
      answers.push(
        await new Promise((resolve, reject) => {
          searching.onerror = () => reject(new Error('the worker did not run'))
          searching.onmessage = ({ data }) => resolve(data.answer)
          searching.postMessage({ number: 1, query, lang, limit: 8 })
        }),
      )
    return answers
  }, asked)
}

/** Where the build put the worker: the page's own script names it. */
async function workerOf(page: Page): Promise<string> {
  const script = page.locator('script[src*="/workers/place-"]')
  const source = await (await page.request.get(`${await script.getAttribute('src')}`)).text()
  return /\/[\w/-]*places-worker-[\w-]+\.js/.exec(source)?.[0] ?? ''
}

it('the phone and the server give the same answers', async () => {
  const { page, context } = await newYork.person({ bypassCSP: true })
  await openWhere(page)
  const worker = await workerOf(page)
  await expect.poll(() => kept(page), { timeout: 15_000 }).toBe(true)
  const asked = [
    ...NYC_QUERIES.map(([query]) => ({ query: query.replace(/^!/, ''), lang: 'es' })),
    ...['Рузвельт и 82', '八十二街和罗斯福大道', 'جاكسون هايتس', '', '&', 'zzyzx qqq'].map(
      (query) => ({
        query,
        lang: 'zh-Hans',
      }),
    ),
  ]
  const fromServer: unknown[] = []
  for (const { query, lang } of asked)
    fromServer.push(
      await (await page.request.get('/api/v1/places', { params: { q: query, lang } })).json(),
    )
  await startPhone(page, worker)
  await askPhone(page, [{ query: 'x', lang: 'en' }])
  await context.setOffline(true)
  expect(await askPhone(page, asked)).toEqual(fromServer)
})
