import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { axeFaults } from '../../tools/browser/axe.ts'
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
  [/ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_NETWORK_CHANGED/, 'a live stream was cut as the page left'],
]

/** Starts browser and program before the stories of a file and stops both after. */
export function journey(command: 'serve' | 'demo' = 'serve'): Journey {
  let browser: Browser | undefined
  let program: Program | undefined
  let drop: (() => Promise<void>) | undefined
  beforeAll(async () => {
    const [databaseUrl, dropDatabase] = await testDatabase()
    drop = dropDatabase
    const flags = ['--city', 'lanternport', '--database-url', databaseUrl]
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
    async person(options = {}) {
      if (!browser || !program) throw new Error('the browser is not running')
      return newPerson(browser, program.url, options)
    },
  }
}

async function newPerson(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions,
): Promise<Person> {
  const context = await browser.newContext({ baseURL: origin, locale: 'en-US', ...options })
  context.setDefaultTimeout(15_000)
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
      errors.push(`console: ${message.text()}`)
  })
  return { context, page, errors }
}

/** Holds a page against axe; WCAG 2.2 AA and best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await axeFaults(page), page.url()).toEqual([])
}

/** Gives a person's page a passkey device that agrees to everything, as a phone's owner does. */
export async function giveAuthenticator({ context, page }: Person): Promise<void> {
  const session = await context.newCDPSession(page)
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
