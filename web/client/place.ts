// Two helps for the place of a report: suggestions while typing (a listbox that the arrow keys
// walk), and the phone's own position. Both fill hidden fields of the form; the server does the
// rest, and without this file it does all of it. Where the server does not answer, the places that
// the phone keeps do.
import { keepPlaces, lineIsGood, searchOffline } from './place-offline.ts'

const search = document.querySelector<HTMLElement>('[data-places]')
const input = search?.querySelector<HTMLInputElement>('input[name="place"]')
const form = input?.form

const fewestLetters = 2
const pauseMilliseconds = 180
const most = 6
/** After this the phone's own places are the better answer, if it keeps any. */
const answerMilliseconds = 4000
/** Below this certainty a suggestion is a guess; the next page asks "did you mean". */
const sureScore = 0.6

interface Place {
  placeId: string
  label: string
  score: number
}

const hidden = (name: string): HTMLInputElement | null =>
  form?.querySelector<HTMLInputElement>(`input[name="${name}"]`) ?? null
const fill = (values: Record<string, string>): void => {
  for (const [name, value] of Object.entries(values)) {
    const field = hidden(name)
    if (field) field.value = value
  }
}

/** The server's answer; null when it gives none in time. */
async function fromServer(
  address: string,
  asked: Record<string, string>,
  signal: AbortSignal,
): Promise<{ places: Place[] } | null> {
  const late = AbortSignal.timeout(answerMilliseconds)
  try {
    const answer = await fetch(`${address}?${new URLSearchParams(asked)}`, {
      signal: AbortSignal.any([signal, late]),
      credentials: 'omit',
    })
    return answer.ok ? ((await answer.json()) as { places: Place[] }) : null
  } catch {
    return null
  }
}

/** The list under the box: made once, filled with text only. */
function listBox(box: HTMLElement, field: HTMLInputElement) {
  const list = document.createElement('ul')
  list.id = 'place-suggestions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', box.dataset.label ?? '')
  list.hidden = true
  field.after(list)
  field.setAttribute('role', 'combobox')
  field.setAttribute('aria-autocomplete', 'list')
  field.setAttribute('aria-controls', list.id)
  field.setAttribute('aria-expanded', 'false')
  return list
}

function suggest(box: HTMLElement, field: HTMLInputElement): void {
  const list = listBox(box, field)
  const status = box.querySelector<HTMLElement>('[data-places-status]')
  let places: Place[] = []
  let active = -1
  let asking: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const mark = (index: number): void => {
    active = index
    for (const [at, item] of [...list.children].entries())
      item.setAttribute('aria-selected', String(at === index))
    const chosen = list.children[index]
    if (chosen) field.setAttribute('aria-activedescendant', chosen.id)
    else field.removeAttribute('aria-activedescendant')
    chosen?.scrollIntoView({ block: 'nearest' })
  }
  const close = (): void => {
    clearTimeout(timer)
    asking?.abort()
    list.hidden = true
    field.setAttribute('aria-expanded', 'false')
    if (status) status.textContent = ''
    mark(-1)
  }
  const take = (index: number): void => {
    const place = places[index]
    if (!place) return
    field.value = place.label
    fill({ placeId: place.placeId })
    close()
  }
  const row = ({ label }: Place, index: number): HTMLElement => {
    const item = document.createElement('li')
    item.id = `place-suggestion-${index}`
    item.setAttribute('role', 'option')
    item.setAttribute('aria-selected', 'false')
    const words = document.createElement('bdi')
    words.textContent = label
    item.append(words)
    // The box keeps the focus: the keyboard of the phone stays, and Esc still closes.
    item.addEventListener('pointerdown', (event) => event.preventDefault())
    item.addEventListener('click', () => take(index))
    return item
  }
  const open = (): void => {
    list.replaceChildren(...places.map(row))
    mark(-1)
    list.hidden = places.length === 0
    field.setAttribute('aria-expanded', String(places.length > 0))
    if (status) status.textContent = places.length > 0 ? (box.dataset.open ?? '') : ''
  }
  const ask = async (): Promise<void> => {
    asking?.abort()
    asking = new AbortController()
    const { signal } = asking
    const query = field.value
    const lang = box.dataset.lang ?? 'en'
    const found =
      (await fromServer(`${box.dataset.places}`, { q: query, lang, limit: `${most}` }, signal)) ??
      (signal.aborted ? null : await searchOffline(query, lang, most))
    if (signal.aborted) return
    if (!found) return close()
    if (document.activeElement !== field) return
    places = found.places.filter(({ score }) => score >= sureScore)
    open()
  }

  field.addEventListener('input', () => {
    fill({ placeId: '' })
    clearTimeout(timer)
    if (field.value.trim().length < fewestLetters) return close()
    timer = setTimeout(() => void ask(), pauseMilliseconds)
  })
  // A list that closed at once would move the button away from under the finger that is on it.
  field.addEventListener('blur', () => {
    setTimeout(() => document.activeElement === field || close(), 300)
  })
  field.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape' && !list.hidden) return close()
    if (event.key === 'Enter' && active >= 0) {
      event.preventDefault()
      return take(active)
    }
    if (step === undefined || list.hidden) return
    event.preventDefault()
    // One place before the first is the box itself.
    mark(((active + 1 + step + places.length + 1) % (places.length + 1)) - 1)
  })
}

/** The phone's position, if its owner says yes; then the form is sent to be shown where that is. */
function position(part: HTMLElement, to: HTMLFormElement): void {
  const status = part.querySelector<HTMLElement>('[data-position-status]')
  const button = part.querySelector<HTMLButtonElement>('[data-position-ask]')
  const say = (words: string | undefined): void => {
    if (status) status.textContent = words ?? ''
  }
  const found = ({ coords }: GeolocationPosition): void => {
    fill({
      lat: coords.latitude.toFixed(5),
      lon: coords.longitude.toFixed(5),
      accuracy: String(Math.ceil(coords.accuracy)),
      place: '',
      placeId: '',
    })
    const find = to.querySelector<HTMLButtonElement>('[data-find]')
    if (find) to.requestSubmit(find)
    else {
      // On the one page that asks everything there is nobody to look it up.
      if (button) button.disabled = false
      say(part.dataset.taken)
    }
  }
  const failed = ({ code }: GeolocationPositionError): void => {
    if (button) button.disabled = false
    say(
      code === GeolocationPositionError.PERMISSION_DENIED
        ? part.dataset.refused
        : part.dataset.unsure,
    )
  }
  button?.addEventListener('click', () => {
    button.disabled = true
    say(part.dataset.asking)
    navigator.geolocation.getCurrentPosition(found, failed, {
      enableHighAccuracy: true,
      timeout: 20_000,
      maximumAge: 60_000,
    })
  })
  part.hidden = false
}

if (search && input) {
  suggest(search, input)
  // The line may be gone when the street is typed: on a good one the city is fetched once, after the page.
  const idle = window.requestIdleCallback ?? setTimeout
  if (lineIsGood()) idle(() => void keepPlaces().catch(() => undefined))
}
const part = search?.querySelector<HTMLElement>('[data-position]')
if (part && form && 'geolocation' in navigator && isSecureContext) position(part, form)
