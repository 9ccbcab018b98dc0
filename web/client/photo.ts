// Photos and videos for a report, cleaned on the phone: decoded here, covered here, made anew from pixels
// alone, looked at, and only then sent. Without this file the page says what to do instead.
import { takeThrough } from './photo/one-file.ts'
import { type Page, pageOf } from './photo/page.ts'
import { pixelsAreTrue } from './photo/photo.ts'
import type { Sent } from './photo/send-file.ts'
import { CannotClean } from './photo/subject.ts'
import { pressed } from './photo/watch.ts'

const root = document.querySelector<HTMLElement>('[data-photo]')
const able = 'createImageBitmap' in window && 'OffscreenCanvas' in window && 'any' in AbortSignal

/** Takes files one after the other, until the page is left. */
async function takeFiles(page: Page, signal: AbortSignal): Promise<void> {
  const input = page.part<HTMLInputElement>('files')
  for (;;) {
    const files = await chosen(input, signal)
    for (const [index, file] of files.entries()) {
      const which = { number: page.number(index + 1), total: page.number(files.length) }
      page.part('which').textContent = files.length > 1 ? page.word('which', which) : ''
      await takeOne(page, file, signal)
    }
    page.part('which').textContent = ''
    // The browser's own memory of the choice: with it, the same file could not be chosen again.
    input.value = ''
  }
}

async function takeOne(page: Page, file: File, signal: AbortSignal): Promise<void> {
  try {
    const ending = await takeThrough(page, file, signal)
    if (ending) await tell(page, ending, signal)
    page.show('choose')
  } catch (error) {
    if (signal.aborted) throw error
    page.show('choose')
    page.fail(page.word(error instanceof CannotClean ? error.why : 'unexpected'))
    // A fault of ours: the person goes on with the next file, the browser's console has it.
    if (!(error instanceof CannotClean)) reportError(error)
  }
}

async function tell(page: Page, { original }: Sent, signal: AbortSignal): Promise<void> {
  page.show('sent')
  page.part('sent-original').textContent =
    original === 'not-asked' ? '' : page.word(`original-${original}`)
  await pressed(page, ['another'], signal)
}

function chosen(input: HTMLInputElement, signal: AbortSignal): Promise<File[]> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true })
  })
}

function start(part: HTMLElement): void {
  const page = pageOf(part)
  document.querySelector('[data-photo-without]')?.setAttribute('hidden', '')
  part.hidden = false
  if (!pixelsAreTrue()) {
    page.stepOf('choose').hidden = true
    page.fail(page.word('hides'))
    return
  }
  page.stepOf('choose').querySelector('[data-photo-slot]')?.append(page.part('talk'))
  run(page)
  // The browser kept the page and brought it back: its pictures are gone, so it begins again.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    page.show('choose')
    run(page)
  })
}

/** Works until the page is left: by quick exit, a link or the Back button. Then pictures go at once. */
function run(page: Page): void {
  const left = new AbortController()
  const leave = (): void => {
    left.abort()
    page.part<HTMLInputElement>('files').value = ''
  }
  addEventListener('pagehide', leave, { once: true })
  takeFiles(page, left.signal).catch((error: unknown) => {
    if (!left.signal.aborted) throw error
  })
}

if (root && able) start(root)
