// Places, looked up on this phone in the city's list: no word and no place of them is sent anywhere.
import type { PlaceHit } from '#src/kernel/city/contract.ts'
import { keepPlaces, searchOffline } from '../place-offline.ts'
import { complain, fromTemplate, part, word } from './parts.ts'

/** A place somebody chose, and what they call it. */
export interface ChosenPlace {
  label: string
  lat: number
  lon: number
  name(): string
}

/** Seven cells each, and no more than one subscription may have. */
const mostPlaces = 10
const mostHits = 6

type Chosen = Pick<PlaceHit, 'placeId' | 'label' | 'lat' | 'lon'>
const chosen = new Map<string, ChosenPlace>()
export const chosenPlaces = (): ChosenPlace[] => [...chosen.values()]

const say = (text: string): void => {
  part('place-status').textContent = text
}

/** Looks up what is typed and offers what it may be. */
export async function find(input: HTMLInputElement): Promise<void> {
  const lang = document.documentElement.lang
  const query = input.value.trim()
  const list = part('hits')
  list.replaceChildren()
  if (query === '') return
  say(word('place-loading'))
  const ready = await keepPlaces().then(
    () => true,
    () => false,
  )
  // What was kept before does, where the line is gone now.
  const found = await searchOffline(query, lang, mostHits)
  if (!found) return say(word(ready ? 'problem.unable' : 'place-failed'))
  list.replaceChildren(...found.places.map((place) => offer(place, input)))
  say(word(found.places.length > 0 ? 'place-results' : 'place-none'))
}

function offer(place: PlaceHit, input: HTMLInputElement): HTMLElement {
  const item = fromTemplate('hit')
  part('label', item).textContent = place.label
  item.querySelector('button')?.addEventListener('click', () => {
    add(place)
    input.value = ''
    part('hits').replaceChildren()
    input.focus()
  })
  return item
}

/** A point that was taken on the map: it is named here, and no more of it is sent than of a place that was found. */
export function hearMap(): void {
  document.addEventListener('porchlight:place', (event) => {
    const { lat, lon } = (event as CustomEvent<{ lat: number; lon: number }>).detail
    tapped += 1
    const label = word('map-place', {
      number: tapped.toLocaleString(document.documentElement.lang),
    })
    add({ placeId: `map:${lat},${lon}`, label, lat, lon })
  })
}
let tapped = 0

function add({ placeId, label, lat, lon }: Chosen): void {
  const tooMany = chosen.size >= mostPlaces
  complain('wrong', tooMany ? 'too-many' : null)
  if (tooMany) return
  say(word('place-added', { place: label }))
  if (chosen.has(placeId)) return
  const item = fromTemplate('place')
  part('label', item).textContent = label
  const name = part<HTMLInputElement>('own-name', item)
  const remove = part('remove', item)
  remove.textContent = remove.textContent?.replace('[place]', label) ?? ''
  remove.addEventListener('click', () => {
    chosen.delete(placeId)
    item.remove()
    part('chosen-part').hidden = chosen.size === 0
    document.querySelector<HTMLElement>('[name="place"]')?.focus()
    changed()
  })
  chosen.set(placeId, { label, lat, lon, name: () => name.value.trim() || label })
  part('chosen').append(item)
  part('chosen-part').hidden = false
  changed()
}

/** What was shown as to be kept is no longer so. */
const changed = (): void => {
  part('ask').dispatchEvent(new Event('change'))
}
