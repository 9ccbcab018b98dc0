// Tells the reader of the live page when there is something new, and when the page may be old. It
// never moves or changes what they read. Without this file "Look again" does the same by hand.
const root = document.querySelector<HTMLElement>('[data-live]')

/** The server sends a heartbeat every 20 seconds. */
const silentAfter = 60_000

interface Feature {
  id: string
  properties: { revision: number; status: string }
}

const show = (name: string, shown: boolean): void => {
  const part = root?.querySelector<HTMLElement>(`[data-live-${name}]`)
  if (part && part.hidden === shown) part.hidden = !shown
}

/** Asks once a connection whether anything was said since the page was made: no gap goes unseen. */
async function compare(list: string, known: ReadonlySet<string>): Promise<void> {
  const answer = await fetch(list, { credentials: 'omit' }).catch(() => null)
  if (!answer?.ok) return
  const { features } = (await answer.json()) as { features: Feature[] }
  const unknown = features.some(
    ({ id, properties: { revision, status } }) => !known.has(`${id}.${revision}.${status}`),
  )
  if (unknown) show('news', true)
}

function listen(stream: string, list: string, known: ReadonlySet<string>): void {
  const source = new EventSource(stream)
  let heardAt = Date.now()
  const heard = (): void => {
    heardAt = Date.now()
    show('silent', false)
  }
  const look = (): void => show('silent', Date.now() - heardAt > silentAfter)
  source.addEventListener('open', () => {
    heard()
    show('on', true)
    void compare(list, known)
  })
  source.addEventListener('heartbeat', heard)
  source.addEventListener('incident', () => {
    heard()
    show('news', true)
    // The map, if it is open, marks what is new; the list stays as it is being read.
    document.dispatchEvent(new Event('porchlight:incident'))
  })
  source.addEventListener('alert', ({ data }: MessageEvent<string>) => {
    heard()
    // Where this phone asked to be told, what this page hears counts as told: the push after it makes no second sound.
    void import('./alerts/hear-stream.ts')
      .then(({ hearSigned }) => hearSigned(data))
      .catch(() => undefined)
  })
  const clock = setInterval(look, 5_000)
  // A phone that slept stops its clocks: look at once when it wakes.
  document.addEventListener('visibilitychange', () => document.hidden || look())
  const stop = (): void => {
    source.close()
    clearInterval(clock)
  }
  addEventListener('pagehide', stop, { once: true })
}

/** What has run out since this copy of the page was made is over, whoever kept the copy. */
function hideExpired(): void {
  const now = Date.now()
  for (const card of document.querySelectorAll<HTMLElement>('[data-until]')) {
    if (card.hidden || Date.parse(card.dataset.until ?? '') > now) continue
    card.hidden = true
    show('news', true)
  }
}

const { stream, list, known, made } = root?.dataset ?? {}
hideExpired()
setInterval(hideExpired, 30_000)
// A copy that the phone kept: it says so until the server has been heard.
if (made && Date.now() - Date.parse(made) > silentAfter) show('silent', true)
if (stream && list && 'EventSource' in window) {
  const start = (): void => listen(stream, list, new Set(known?.split(' ')))
  start()
  // The browser kept the page and brought it back: what it knows may be old.
  addEventListener('pageshow', ({ persisted }) => persisted && start())
}
