/** The steps of the page; each is a part of it that stands there from the start, hidden. */
export type Step = 'choose' | 'cover' | 'look' | 'sent'

/** The page's elements and words, so that the rest of the script asks for them by name. */
export interface Page {
  root: HTMLElement
  /** An element by its `data-photo-NAME`. Throws where the page has none: that is a fault of ours. */
  part<T extends HTMLElement = HTMLElement>(name: string): T
  /** The part of the page that is this step. */
  stepOf(step: Step): HTMLElement
  /** Shows one step and no other, and leads keyboards and screen readers to its heading. */
  show(step: Step): void
  /** A text of the page's language, its `{name}` filled in. */
  word(key: string, values?: Record<string, string>): string
  /** Says something below what the person is doing, and to screen readers. */
  say(text: string): void
  /** Says that something went wrong; the person goes on reading there. */
  fail(text: string): void
  /** While something works, nothing of the step can be pressed but what belongs to that work. */
  busy(step: Step, on: boolean): void
  /** Shows how far something is, 0 to 1, and what it is; null takes it away. */
  progress(share: number | null, text?: string): void
  number(value: number): string
  /** A size of a file as people read it. */
  size(bytes: number): string
}

/** Reads the page's own words and parts. */
export function pageOf(root: HTMLElement): Page {
  const words = JSON.parse(root.dataset.words ?? '{}') as Record<string, string>
  const lang = root.dataset.lang ?? 'en'
  const part = <T extends HTMLElement = HTMLElement>(name: string): T => {
    const found = root.querySelector<T>(`[data-photo-${name}]`)
    if (!found) throw new Error(`the page has no part ${name}`)
    return found
  }
  const word: Page['word'] = (key, values = {}) => {
    const text = words[key]
    if (text === undefined) throw new Error(`the page has no word ${key}`)
    return text.replace(/\{(\w{1,40})\}/g, (token, name: string) => values[name] ?? token)
  }
  const fail = (text: string): void => {
    part('fault').textContent = text
    part('fault').hidden = text === ''
    if (text) part('talk').scrollIntoView({ block: 'nearest' })
  }
  const say = (text: string): void => {
    fail('')
    part('status').textContent = text
  }
  return { root, part, word, say, fail, ...shownOn(root, part, say), ...numbersOf(lang) }
}

function shownOn(
  root: HTMLElement,
  part: Page['part'],
  say: Page['say'],
): Pick<Page, 'show' | 'stepOf' | 'busy' | 'progress'> {
  const stepOf = (step: Step): HTMLElement => part(`step="${step}"`)
  return {
    stepOf,
    show(step) {
      for (const each of root.querySelectorAll<HTMLElement>('[data-photo-step]'))
        each.hidden = each.dataset.photoStep !== step
      say('')
      stepOf(step).querySelector('[data-photo-slot]')?.append(part('talk'))
      const heading = stepOf(step).querySelector<HTMLElement>('h2')
      heading?.focus({ preventScroll: true })
      heading?.scrollIntoView({ block: 'start' })
    },
    busy(step, on) {
      for (const each of stepOf(step).children)
        if (each instanceof HTMLElement && !each.matches('[data-photo-slot]')) each.inert = on
      if (on) say('')
    },
    progress(share, text = '') {
      const bar = part<HTMLProgressElement>('progress')
      const line = part('progress-text')
      const began = part('working').hidden && share !== null
      part('working').hidden = share === null
      if (began) part('talk').scrollIntoView({ block: 'nearest' })
      bar.value = share ?? 0
      // Said once a kind of work, not once a percent.
      if (line.textContent !== text) line.textContent = text
    },
  }
}

function numbersOf(lang: string): Pick<Page, 'number' | 'size'> {
  const plain = new Intl.NumberFormat(lang)
  const unit = (name: string, most: number) =>
    new Intl.NumberFormat(lang, { style: 'unit', unit: name, maximumFractionDigits: most })
  const [kilobytes, megabytes] = [unit('kilobyte', 0), unit('megabyte', 1)]
  return {
    number: (value) => plain.format(value),
    size: (bytes) =>
      bytes < 1_000_000
        ? kilobytes.format(Math.ceil(bytes / 1000))
        : megabytes.format(bytes / 1_000_000),
  }
}
