import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { launchChromium } from '../tools/browser/chromium.ts'
import { startProgram } from '../tools/browser/program.ts'
import { startGovukPage } from './govuk-page.ts'
import type { Bench, Measure, Prepared } from './side-by-side.ts'

// A phone of six years ago on a slow line: 6 times slower, 1.6 Mbit/s, 150 ms there and back.
const line = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 }
const cpuRate = 6
const budgetBytes = 60 * 1024
/** After this nothing larger is painted any more. */
const settleMilliseconds = 2000

interface Visit {
  page: Page
  session: CDPSession
  bytes(): number
}

/** A tab on that phone and line; counts what comes over the line, headers and all. */
async function newVisit(context: BrowserContext): Promise<Visit> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', line)
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuRate })
  return { page, session, bytes: () => bytes }
}

/** Milliseconds from the tap to the largest thing painted. */
async function paintedAt({ page }: Visit, url: string): Promise<number> {
  await page.goto(url)
  await page.waitForTimeout(settleMilliseconds)
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) =>
          resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN),
        ).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        })
      }),
  )
}

/** A measure on a phone that has never been here. */
const cold =
  (
    browser: Browser,
    measure: (visit: Visit, context: BrowserContext) => Promise<number>,
  ): Measure =>
  async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'en-US',
    })
    try {
      return await measure(await newVisit(context), context)
    } finally {
      await context.close()
    }
  }

/** Milliseconds from the tap on the address to a map that answers: its button is pressed as soon as it is there. */
async function mapReadyAt({ page }: Visit, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' })
  await page.locator('[data-map-open]').click({ timeout: 60_000 })
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('[data-map]')?.dataset.state === 'ready',
    null,
    { timeout: 60_000 },
  )
  return page.evaluate(() => performance.now())
}

/** The visit after the one on which the phone has kept our pages; with no line at all if so told. */
async function secondVisit(
  first: Visit,
  context: BrowserContext,
  url: string,
  { offline }: { offline: boolean },
): Promise<number> {
  await first.page.goto(url)
  await first.page.waitForFunction(
    async (form) =>
      navigator.serviceWorker.controller !== null && (await caches.match(form)) !== undefined,
    '/en/report/offline',
    { timeout: 60_000 },
  )
  // The page that started the worker did not pass through it; this one does.
  await first.page.goto(url)
  await first.page.waitForTimeout(settleMilliseconds)
  await first.page.close()
  const again = await newVisit(context)
  if (offline) await context.setOffline(true)
  return paintedAt(again, url)
}

type Sides = (browser: Browser, ours: string, peer: string) => Pick<Prepared, 'ours' | 'peer'>

const prepare = (sides: Sides) => async (): Promise<Prepared> => {
  const [program, govuk, browser] = await Promise.all([
    startProgram('demo'),
    startGovukPage(),
    launchChromium(),
  ])
  const close = async (): Promise<void> => {
    await browser.close()
    await govuk.stop()
    await program.stop()
  }
  return { ...sides(browser, `${program.url}/en/live`, govuk.url), close }
}

export const benches: readonly Bench[] = [
  {
    id: 'P6',
    what: 'live list usable on a first visit (largest paint, 6x slower CPU, 1.6 Mbit/s, 150 ms) beside a page of GOV.UK Frontend',
    unit: 'ms',
    target: { atMost: 1 },
    bound: 'one round trip for the page, which brings its styles, and the phone laying it out',
    prepare: prepare((browser, ours, peer) => ({
      ours: cold(browser, (visit) => paintedAt(visit, ours)),
      peer: cold(browser, (visit) => paintedAt(visit, peer)),
    })),
  },
  {
    id: 'P6 map',
    what: 'map answers after a first visit, its button pressed at once, beside the same GOV.UK page',
    unit: 'ms',
    target: { atMost: 2 },
    bound: 'MapLibre itself: 370 KB over the line and a megabyte and a half to be compiled',
    prepare: prepare((browser, ours, peer) => ({
      ours: cold(browser, (visit) => mapReadyAt(visit, ours)),
      peer: cold(browser, (visit) => paintedAt(visit, peer)),
    })),
  },
  {
    id: 'P6 bytes',
    what: 'all that a first visit to the live list loads, beside the budget of 60 KB',
    unit: 'bytes',
    target: { atMost: 1 },
    bound: 'the words of the page and its styles',
    prepare: prepare((browser, ours) => ({
      ours: cold(browser, async (visit) => {
        await paintedAt(visit, ours)
        return visit.bytes()
      }),
      peer: () => budgetBytes,
    })),
  },
  {
    id: 'P6b',
    what: 'live list again, from the copy that the phone keeps, beside the first visit',
    unit: 'ms',
    target: { atMost: 0.3 },
    bound: 'the phone laying the page out, and the start of the service worker',
    prepare: prepare((browser, ours) => ({
      ours: cold(browser, (visit, context) =>
        secondVisit(visit, context, ours, { offline: false }),
      ),
      peer: cold(browser, (visit) => paintedAt(visit, ours)),
    })),
  },
  {
    id: 'P6b offline',
    what: 'live list again with no line at all, beside the first visit with one',
    unit: 'ms',
    target: { atMost: 0.3 },
    bound: 'the phone laying the page out, and the start of the service worker',
    prepare: prepare((browser, ours) => ({
      ours: cold(browser, (visit, context) => secondVisit(visit, context, ours, { offline: true })),
      peer: cold(browser, (visit) => paintedAt(visit, ours)),
    })),
  },
]
