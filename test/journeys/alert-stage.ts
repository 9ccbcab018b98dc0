import { createECDH, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, vi } from 'vitest'
import { pages } from '../../src/commands/serve.ts'
import { openPushMessage, type Receiver } from '../../src/demo/push-service/open-message.ts'
import { type PushService, startPushService } from '../../src/demo/push-service/service.ts'
import { launchChromium } from '../../tools/browser/chromium.ts'
import { type TestApp, testApp } from '../harness.ts'
import { newPerson, type Person } from './browser.ts'

/**
 * The whole program with its pages, in this process and on a port, with a push service of this machine: only an
 * app made by hand may send there, so no deployment has a switch that would let it.
 */
export interface AlertStage {
  app: TestApp
  url: string
  service: PushService
  /** Somebody whose browser may show notifications and can be sent to. */
  subscriber(options?: BrowserContextOptions): Promise<Subscriber>
}

export interface Shown {
  tag: string
  title: string
  body: string
  lang: string
  /** What a tap opens. */
  path: string
}

export interface Subscriber extends Person {
  /** What came to the push service for this browser, opened as a browser opens it. */
  messages(): Promise<string[]>
  /** Hands this text to the service worker as a push message. */
  deliver(text: string): Promise<void>
  /** What is shown. */
  shown(): Promise<Shown[]>
  /** The browser takes its push address away, as browsers do: messages to it are refused from now on. */
  loseAddress(): void
}

export function alertStage(): AlertStage {
  vi.setConfig({ testTimeout: 120_000 })
  let browser: Browser
  let app: TestApp
  let service: PushService
  let url = ''
  beforeAll(async () => {
    const handler = await pages()
    service = await startPushService()
    app = await testApp({ realTime: true, loopback: { ca: service.ca }, handler })
    await app.server.listen({ port: 0, host: '127.0.0.1' })
    url = `http://127.0.0.1:${(app.server.server.address() as AddressInfo).port}`
    browser = await launchChromium()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    await service?.stop()
  })
  return {
    get app() {
      return app
    },
    get url() {
      return url
    },
    get service() {
      return service
    },
    subscriber: (options = {}) => newSubscriber(browser, url, service, options),
  }
}

async function newSubscriber(
  browser: Browser,
  url: string,
  service: PushService,
  options: BrowserContextOptions,
): Promise<Subscriber> {
  const person = await newPerson(browser, url, options)
  const { context, page } = person
  await context.grantPermissions(['notifications'], { origin: url })
  const ecdh = createECDH('prime256v1')
  const point = ecdh.generateKeys()
  const auth = randomBytes(16)
  const receiver: Receiver = { secret: ecdh.getPrivateKey(), point, auth }
  let path = ''
  let address: string | null = null
  await context.exposeBinding('pushEndpoint', (_source, key: string) => {
    address = service.subscribe(key)
    path = new URL(address).pathname
    return address
  })
  await context.exposeBinding('pushEndpointNow', () => address)
  await context.exposeBinding('dropPushEndpoint', () => {
    address = null
  })
  await context.addInitScript(standIn, {
    p256dh: point.toString('base64url'),
    auth: auth.toString('base64url'),
  })
  const session = await context.newCDPSession(page)
  const worker = registrationOf(session)
  await session.send('ServiceWorker.enable')
  return {
    ...person,
    messages: () =>
      Promise.all(
        service.ledger
          .filter((message) => message.path === path)
          .map(async ({ body }) => (await openPushMessage(receiver, body)).toString()),
      ),
    async deliver(text) {
      await session.send('ServiceWorker.deliverPushMessage', {
        origin: url,
        registrationId: await worker(),
        data: text,
      })
    },
    shown: () => notificationsOf(page),
    loseAddress() {
      if (address) service.remove(address)
      address = null
    },
  }
}

/** Debian's Chromium reaches no push provider: the address and the keys come from this test, all else is real. */
function standIn(keys: { p256dh: string; auth: string }): void {
  const base64url = (bytes: ArrayBuffer): string =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
  const { pushEndpoint, pushEndpointNow, dropPushEndpoint } = globalThis as unknown as {
    pushEndpoint(key: string): Promise<string>
    pushEndpointNow(): Promise<string | null>
    dropPushEndpoint(): Promise<void>
  }
  const subscription = (endpoint: string): object => ({
    endpoint,
    toJSON: () => ({ endpoint, keys }),
    async unsubscribe() {
      await dropPushEndpoint()
      return true
    },
  })
  const manager = (globalThis as { PushManager?: { prototype: object } }).PushManager?.prototype
  Object.assign(manager ?? {}, {
    async subscribe({ applicationServerKey }: { applicationServerKey: Uint8Array<ArrayBuffer> }) {
      return subscription(await pushEndpoint(base64url(applicationServerKey.slice().buffer)))
    },
    async getSubscription() {
      const endpoint = await pushEndpointNow()
      return endpoint === null ? null : subscription(endpoint)
    },
  })
}

/** The number of the service worker's registration, once there is one. */
function registrationOf(session: CDPSession): () => Promise<string> {
  let id = ''
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    id = registrations.findLast(({ isDeleted }) => !isDeleted)?.registrationId ?? id
  })
  return async () => {
    await vi.waitUntil(() => id !== '', { timeout: 15_000 })
    return id
  }
}

const notificationsOf = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const all = await registration.getNotifications()
    return all.map(({ tag, title, body, lang, data }) => ({
      tag,
      title,
      body,
      lang,
      path: String(data?.path),
    }))
  })
