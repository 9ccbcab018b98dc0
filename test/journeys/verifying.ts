import { createParser } from 'eventsource-parser'
import type { Page } from 'playwright-core'
import RssParser from 'rss-parser'
import { expect } from 'vitest'
import { faultsByCap } from '../cap-schema.ts'
import { openDesk } from './browser.ts'
import { textsOf } from './steps.ts'

const t = textsOf('en')

/** The incidents that the live stream tells of, from now on. */
export async function listen(url: string): Promise<{ kinds: string[]; stop(): void }> {
  const stopper = new AbortController()
  const kinds: string[] = []
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'incident') kinds.push(JSON.parse(data).kind)
    },
  })
  const answer = await fetch(`${url}/api/v1/stream`, { signal: stopper.signal })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? [])
      parser.feed(decoder.decode(chunk, { stream: true }))
  }
  void read().catch(() => {})
  return { kinds, stop: () => stopper.abort() }
}

/** Loads a page that runs no script until it says that; answers the milliseconds since `since`. */
export async function seenAfter(
  page: Page,
  path: string,
  words: RegExp,
  since: number,
): Promise<number> {
  while (Date.now() - since < 10_000) {
    await page.goto(path)
    if (words.test((await page.locator('main').textContent()) ?? '')) return Date.now() - since
  }
  throw new Error(`${path} did not say ${words} within 10 seconds`)
}

/** Answers what was found on the open incident, seen on scene. */
export async function find(page: Page, finding: string): Promise<void> {
  await page.getByRole('radio', { name: t(`incidents.finding.${finding}`) }).check()
  await page.getByRole('radio', { name: t('incidents.basis.on-scene') }).check()
  await page.getByRole('button', { name: t('incidents.do.find-button') }).click()
  await page.getByText(t('incidents.done.find')).waitFor()
}

/** Opens what waits for a second person, from the queue. */
export async function openWaiting(page: Page): Promise<void> {
  await openDesk(page, '/en/desk')
  const waiting = page.getByRole('region', { name: t('incidents.queue.waiting') })
  await waiting.getByRole('link').first().click()
  await page.getByText(t('incidents.do.sign-off-lede')).waitFor()
}

/** The alert in the formats that other programs read. */
export async function feedsSayIt(url: string, corner: RegExp): Promise<void> {
  const atom = await new RssParser().parseURL(`${url}/feeds/alerts.atom`)
  expect(atom.items).toHaveLength(1)
  expect(atom.items[0]?.title).toMatch(corner)
  const list = await (await fetch(`${url}/feeds/alerts.cap.atom`)).text()
  const [, path] = /(\/cap\/[^"<]+\.xml)/.exec(list) ?? []
  expect(path).toBeDefined()
  const cap = await (await fetch(`${url}${path}`)).text()
  expect(cap).toContain('<status>')
  expect(await faultsByCap(cap)).toBe('')
}
