import { LngLatBounds, type Map as MapLibre } from 'maplibre-gl'
import type { Told } from './incidents.ts'
import { middleOf, positionsOf } from './middle.ts'
import { still } from './open-map.ts'

/** What is told of the mark that was chosen, and its ways to the list and back. */
export interface Sheet {
  show(told: Told): void
  /** Gives each card of the list a button that leads to its mark. */
  linkList(shown: readonly Told[]): void
}

const cardOf = ({ href }: Told): HTMLAnchorElement | null =>
  document.querySelector<HTMLAnchorElement>(`main article a[href="${CSS.escape(href)}"]`)
const buttonOf = (root: HTMLElement, { incident }: Told): HTMLButtonElement | null =>
  root.querySelector<HTMLButtonElement>(`[data-mark-of="${CSS.escape(incident.id)}"] button`)

/** Makes the sheet at the foot of the map work. */
export function sheetOf(map: MapLibre, root: HTMLElement): Sheet {
  const sheet = root.querySelector<HTMLElement>('[data-map-sheet]')
  const part = <T extends HTMLElement>(name: string): T | null =>
    root.querySelector<T>(`[data-sheet-${name}]`)
  let chosen: Told | null = null

  const light = (told: Told | null, on: boolean): void => {
    if (!told) return
    buttonOf(root, told)?.toggleAttribute('data-chosen', on)
    cardOf(told)?.closest('article')?.toggleAttribute('data-chosen', on)
  }
  const close = (): void => {
    light(chosen, false)
    const mark = chosen && buttonOf(root, chosen)
    chosen = null
    if (!sheet || sheet.hidden) return
    sheet.hidden = true
    mark?.focus()
  }
  const show = (told: Told): void => {
    light(chosen, false)
    chosen = told
    light(told, true)
    for (const name of ['word', 'place'] as const) {
      const text = part(name)
      if (text) text.textContent = told[name]
    }
    part('open')?.setAttribute('href', told.href)
    const list = part('list')
    if (list) list.hidden = cardOf(told) === null
    if (sheet) sheet.hidden = false
    goTo(map, told, sheet?.offsetHeight ?? 0)
  }

  part('close')?.addEventListener('click', close)
  part('list')?.addEventListener('click', () => chosen && cardOf(chosen)?.focus())
  root.querySelector('[data-map-frame]')?.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape') close()
  })
  return { show, linkList: (shown) => link(root, shown, show) }
}

function link(root: HTMLElement, shown: readonly Told[], show: (told: Told) => void): void {
  for (const old of document.querySelectorAll('[data-to-map]')) old.remove()
  for (const told of shown) {
    const card = cardOf(told)
    const button = document.createElement('button')
    button.type = 'button'
    button.dataset.toMap = told.incident.id
    button.textContent = root.dataset.onMap ?? ''
    button.setAttribute('aria-label', `${root.dataset.onMap}: ${told.place}`)
    button.addEventListener('click', () => {
      show(told)
      root.querySelector('[data-map-frame]')?.scrollIntoView({ block: 'nearest' })
      buttonOf(root, told)?.focus({ preventScroll: true })
    })
    card?.closest('article')?.append(button)
  }
}

/** Brings an incident into view above what covers the foot of the map: its corner, or all of its area. */
function goTo(map: MapLibre, { incident: { geometry, properties } }: Told, covered: number): void {
  if (!geometry) return
  const animate = !still()
  if (properties.precision === 'corner') {
    const zoom = Math.max(map.getZoom(), 15)
    map.easeTo({ center: middleOf(geometry), zoom, offset: [0, -covered / 2], animate })
    return
  }
  const around = new LngLatBounds()
  for (const position of positionsOf(geometry)) around.extend(position)
  map.fitBounds(around, {
    padding: { top: 30, right: 30, left: 30, bottom: 30 + covered },
    maxZoom: 15,
    animate,
  })
}
