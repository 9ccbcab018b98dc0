// Alerts on this phone: places are looked up and cells reckoned here, and only cells leave it. Without this file the
// page is a form that the server answers, for e-mail and text messages, and the feeds.
import { post, Refused } from './alerts/ask-server.ts'
import {
  changeSubscription,
  type KeptSubscription,
  keptSubscription,
} from './alerts/kept-alerts.ts'
import { plainLook } from './alerts/look.ts'
import { complain, part, root, show, word } from './alerts/parts.ts'
import { find, hearMap } from './alerts/places.ts'
import { renewAddress } from './alerts/renew.ts'
import { followFeed, unfollowFeed } from './alerts/show-feed.ts'
import { showStored } from './alerts/show-stored.ts'
import { alertKey, pushSource, subscribe, unsubscribe } from './alerts/subscribe.ts'
import { preview, readWish } from './alerts/wish.ts'

const form = root?.querySelector<HTMLFormElement>('[data-ask]')

/** Does what a button asks, once at a time, and says what went wrong. */
async function doing(
  button: HTMLButtonElement,
  line: 'wrong' | 'on-wrong',
  work: () => Promise<void>,
): Promise<void> {
  button.disabled = true
  complain(line, null)
  try {
    await work()
  } catch (error) {
    complain(line, error instanceof Refused ? error.message : 'unexpected')
  } finally {
    button.disabled = false
  }
}

/** What is shown as to be kept, with the one thing to do; or the button that leads there. */
function showReview(shown: boolean): void {
  show('review', shown)
  show('review-button', !shown)
}
const hideReview = (): void => showReview(false)

async function review(ask: HTMLFormElement): Promise<void> {
  hideReview()
  const wish = await readWish(ask)
  const section = part('review')
  showStored(section, await preview(wish))
  showReview(true)
  section.querySelector<HTMLElement>('h2')?.focus()
}

async function turnOn(ask: HTMLFormElement): Promise<void> {
  const kept = await subscribe(await readWish(ask))
  if (kept) {
    await showOn(kept)
    // The form that was in use is gone: the reader goes on where it says so.
    return part('on').querySelector<HTMLElement>('h2')?.focus()
  }
  show('pending', true)
  ask.hidden = true
}

/** What is on, instead of the form. */
async function showOn(kept: KeptSubscription): Promise<void> {
  show('off-done', false)
  if (form) form.hidden = true
  const section = part('on')
  showStored(section, kept.stored)
  part('own-places').replaceChildren(
    ...kept.places.map(({ name }) => {
      const item = document.createElement('li')
      const words = document.createElement('bdi')
      words.textContent = name
      item.append(words)
      return item
    }),
  )
  show('other-key', kept.otherKey || (await hasOtherKey(kept)))
  section.hidden = false
  followFeed(kept)
}

/** Whether the deployment names another key than the one of the day of subscribing. */
async function hasOtherKey({ key }: KeptSubscription): Promise<boolean> {
  const now = await alertKey().catch(() => key)
  return now.keyId !== key.keyId || now.publicKey !== key.publicKey
}

/** What a phone that was subscribed does first: the look that was chosen, and a push address that still reaches it. */
async function wake(kept: KeptSubscription): Promise<void> {
  const vapid = root?.dataset.vapid ?? ''
  await changeSubscription({ plain: plainLook(), ...(kept.mode === 'push' ? { vapid } : {}) })
  await renew()
  // A phone that was without a line when its browser took the address away.
  addEventListener('online', () => void renew())
  const now = await keptSubscription()
  if (now) await showOn(now)
  if (now?.byPage) void (await import('./alerts/demo-push.ts')).hearDemo()
}

async function renew(): Promise<void> {
  const worker = await navigator.serviceWorker?.ready
  if (worker) await renewAddress(worker, await pushSource())
  show('lost', (await keptSubscription())?.renew ?? false)
}

/** The demonstration plays an alert, its correction and an all-clear near the first place. */
async function playDemo(): Promise<void> {
  const cells = (await keptSubscription())?.places.flatMap(({ cells: own }) => own) ?? []
  await post('/api/v1/demo/alerts', { cells: cells.slice(0, mostDemoCells) })
  part('demo-status').textContent = word('demo-started')
}
const mostDemoCells = 7

async function turnOff(): Promise<void> {
  const kept = await keptSubscription()
  if (kept) await unsubscribe(kept)
  unfollowFeed()
  show('on', false)
  show('off-done', true)
  if (form) form.hidden = false
}

async function acceptKey(): Promise<void> {
  await changeSubscription({ key: await alertKey(), otherKey: false })
  show('other-key', false)
}

const pressed = (name: string, line: 'wrong' | 'on-wrong', work: () => Promise<void>): void => {
  const button = part<HTMLButtonElement>(name)
  button.addEventListener('click', (event) => {
    event.preventDefault()
    void doing(button, line, work)
  })
}

function start(ask: HTMLFormElement): void {
  show('plain', false)
  show('script', true)
  ask.hidden = false
  const hint = document.getElementById('place-hint')
  if (hint) hint.textContent = root?.querySelector('[data-for="place-hint"]')?.textContent ?? ''
  const first = ask.querySelector<HTMLInputElement>('input[name="channel"]')
  if (first && !ask.querySelector('input[name="channel"]:checked')) first.checked = true
  const input = ask.querySelector<HTMLInputElement>('input[name="place"]')
  ask.addEventListener('submit', (event) => event.preventDefault())
  ask.addEventListener('change', hideReview)
  if (input) {
    pressed('find', 'wrong', () => find(input))
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return
      event.preventDefault()
      void doing(part<HTMLButtonElement>('find'), 'wrong', () => find(input))
    })
  }
  pressed('review-button', 'wrong', () => review(ask))
  pressed('subscribe', 'wrong', () => turnOn(ask))
  pressed('off', 'on-wrong', turnOff)
  pressed('change', 'on-wrong', async () => {
    show('on', false)
    ask.hidden = false
  })
  pressed('accept-key', 'on-wrong', acceptKey)
  if (root?.hasAttribute('data-demo')) pressed('demo-show', 'on-wrong', playDemo)
  hearMap()
}

if (form && 'indexedDB' in window) {
  start(form)
  plainLook()
  void keptSubscription().then((kept) => kept && wake(kept))
}
