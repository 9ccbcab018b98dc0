import pg from 'pg'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { axeFaults, debuggerOf } from '../../tools/browser/axe.ts'
import { launchChromium } from '../../tools/browser/chromium.ts'
import { type Program, startProgram } from '../../tools/browser/program.ts'
import { testDatabase } from '../harness.ts'

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
}
export const withoutScript: BrowserContextOptions = { javaScriptEnabled: false }

/** One browser and one running program for the stories of a file. */
export interface Journey {
  program: Program
  /** The program's own database. */
  databaseUrl: string
  /** Asks that database, to count what the program kept. */
  ask<Row extends Record<string, unknown>>(statement: string): Promise<Row[]>
  /** A person with a browser of their own; what their pages complained of is in `errors`. */
  person(options?: BrowserContextOptions): Promise<Person>
}

export interface Person {
  context: BrowserContext
  page: Page
  /** Errors on the console, uncaught ones, and every request that left our origin. */
  errors: string[]
}

/** Console errors that are no fault of a page. */
const allowed: readonly [pattern: RegExp, reason: string][] = [
  [/status of 4\d\d/, 'Chromium logs each answer that is a refusal; the stories provoke some'],
  [/sha256-S8qMpvof/, 'the style attribute of SvelteKit’s announcer; base.css hides it instead'],
  [/ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_NETWORK_CHANGED/, 'a live stream was cut as the page left'],
]

/** Starts browser and program before the stories of a file and stops both after. */
export function journey(
  command: 'serve' | 'demo' = 'serve',
  city = 'lanternport',
  more: readonly string[] = [],
): Journey {
  // A story takes seconds on a quiet machine; two cores that also run everything else need longer.
  vi.setConfig({ testTimeout: 120_000 })
  let browser: Browser | undefined
  let program: Program | undefined
  let drop: (() => Promise<void>) | undefined
  let databaseUrl = ''
  beforeAll(async () => {
    ;[databaseUrl, drop] = await testDatabase()
    const flags = ['--city', city, '--database-url', databaseUrl, ...more]
    ;[program, browser] = await Promise.all([startProgram(command, { flags }), launchChromium()])
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await program?.stop()
    await drop?.()
  })
  return {
    get program() {
      if (!program) throw new Error('the program is not running')
      return program
    },
    get databaseUrl() {
      return databaseUrl
    },
    async ask(statement) {
      const client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      try {
        return (await client.query(statement)).rows
      } finally {
        await client.end()
      }
    },
    async person(options = {}) {
      if (!browser || !program) throw new Error('the browser is not running')
      return newPerson(browser, program.url, options)
    },
  }
}

/** A person with a browser of their own at this origin. */
export async function newPerson(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions,
): Promise<Person> {
  const context = await browser.newContext({ baseURL: origin, locale: 'en-US', ...options })
  context.setDefaultTimeout(15_000)
  if (options.javaScriptEnabled === false) scriptless.add(context)
  const errors: string[] = []
  await context.route(
    (url) => url.origin !== origin,
    (route) => {
      errors.push(`left our origin: ${route.request().url()}`)
      return route.fulfill({ body: 'elsewhere', contentType: 'text/plain' })
    },
  )
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    if (!allowed.some(([pattern]) => pattern.test(message.text())))
      errors.push(`console: ${message.text()} (${page.url()} ${message.location().url})`)
  })
  return { context, page, errors }
}

const scriptless = new WeakSet<BrowserContext>()

/** Holds a page against axe; WCAG 2.2 AA and best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  const script = !scriptless.has(page.context())
  expect(await axeFaults(page, { script }), page.url()).toEqual([])
}

/** Opens (or loads again) a page of the desk and waits until its script answers: a click before that is lost. */
export async function openDesk(page: Page, path?: string): Promise<void> {
  await (path === undefined ? page.reload() : page.goto(path))
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' })
}

/** Gives a person's page a passkey device that agrees to everything, as a phone's owner does. */
export async function giveAuthenticator({ page }: Person): Promise<void> {
  const session = await debuggerOf(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
