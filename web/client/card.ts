// The card that is shown to an officer: large, the screen stays on, and no single touch leads away from it.

const card = document.querySelector<HTMLElement>('[data-card]')
const start = document.querySelector<HTMLElement>('[data-card-start]')
const leave = document.querySelector<HTMLButtonElement>('[data-card-leave]')

/** Three presses within this many milliseconds leave the card. */
const pressesWithin = 2000

let lock: WakeLockSentinel | null = null

/** The screen stays on while the card is seen; a browser without the means shows it all the same. */
async function stayAwake(): Promise<void> {
  lock = await navigator.wakeLock?.request('screen').catch(() => null)
}

async function show(): Promise<void> {
  if (!card || !leave) return
  card.toggleAttribute('data-large', true)
  leave.hidden = false
  // "Back" closes the card first, not the page under it.
  history.pushState({ card: true }, '')
  for (const other of outside(card)) other.inert = true
  await document.documentElement
    .requestFullscreen?.({ navigationUI: 'hide' })
    .catch(() => undefined)
  await stayAwake()
  leave.focus()
}

function hide(): void {
  if (!card || !leave || !card.hasAttribute('data-large')) return
  card.toggleAttribute('data-large', false)
  leave.hidden = true
  for (const other of outside(card)) other.inert = false
  if (document.fullscreenElement) void document.exitFullscreen()
  void lock?.release()
  lock = null
  start?.querySelector('button')?.focus()
}

/** Everything that is neither the card nor around it: out of reach while it is shown. */
function outside(element: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = []
  for (let at: HTMLElement | null = element; at?.parentElement; at = at.parentElement)
    for (const sibling of at.parentElement.children)
      if (sibling !== at && sibling instanceof HTMLElement) found.push(sibling)
  return found
}

let presses: number[] = []
leave?.addEventListener('click', ({ timeStamp }) => {
  presses = [...presses.filter((at) => timeStamp - at < pressesWithin), timeStamp]
  if (presses.length < 3) return
  presses = []
  history.back()
})
addEventListener('popstate', hide)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && card && card.hasAttribute('data-large'))
    void stayAwake()
})
if (start) {
  start.hidden = false
  start.addEventListener('click', () => void show())
}
