import type { Page } from './page.ts'
import type { Subject } from './subject.ts'

/** Waits until one of these buttons is pressed, and answers its name. Rejects when `signal` ends it. */
export function pressed<Name extends string>(
  page: Page,
  names: readonly Name[],
  signal: AbortSignal,
): Promise<Name> {
  return new Promise((resolve, reject) => {
    const done = new AbortController()
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { signal: done.signal })
    for (const name of names)
      page.part(name).addEventListener(
        'click',
        () => {
          done.abort()
          resolve(name)
        },
        { signal: done.signal },
      )
  })
}

/**
 * A slider through a video, and a button that plays it, without sound: it is drawn frame by frame on a
 * canvas, since a video element would need addresses that the page's rules forbid.
 */
export function watch(
  page: Page,
  where: 'cover' | 'look',
  { kind, seconds }: Subject,
  draw: (second: number) => Promise<void>,
  signal: AbortSignal,
): void {
  if (kind !== 'video') return
  const slider = page.part<HTMLInputElement>(`${where}-slider`)
  const button = page.part(`${where}-play`)
  slider.max = String(seconds)
  slider.value = '0'
  let playing = false
  const show = async (): Promise<void> => {
    const second = Number(slider.value)
    slider.setAttribute(
      'aria-valuetext',
      page.word('second', { second: page.number(Math.round(second)) }),
    )
    await draw(second)
  }
  const play = async (): Promise<void> => {
    const from = Number(slider.value) >= seconds - 0.1 ? 0 : Number(slider.value)
    const begun = performance.now()
    while (playing && !signal.aborted) {
      const second = from + (performance.now() - begun) / 1000
      slider.value = String(second)
      await show()
      if (second >= seconds) break
      await new Promise(requestAnimationFrame)
    }
    playing = false
    button.setAttribute('aria-pressed', 'false')
  }
  slider.addEventListener('input', () => void show(), { signal })
  slider.addEventListener('pointerdown', () => (playing = false), { signal })
  button.addEventListener(
    'click',
    () => {
      playing = !playing
      button.setAttribute('aria-pressed', String(playing))
      if (playing) void play()
    },
    { signal },
  )
  signal.addEventListener('abort', () => button.setAttribute('aria-pressed', 'false'))
}
