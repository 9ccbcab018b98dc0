import { type Easel, makeEasel } from './easel.ts'
import type { Page } from './page.ts'
import { openPhoto } from './photo.ts'
import { type Sent, senderOf, whileBusy } from './send-file.ts'
import { CannotClean, type Subject } from './subject.ts'
import { pressed, watch } from './watch.ts'

/** How one file ended: what was sent, or null where its owner let it be. */
export type Ending = Sent | null

/**
 * Takes one file through all of it: opened, covered, looked at, sent. Nothing leaves the phone before the
 * person pressed "Send". Rejects when `signal` ends it, and with CannotClean.
 */
export async function takeThrough(page: Page, file: File, signal: AbortSignal): Promise<Ending> {
  page.say(page.word('reading'))
  const subject = await open(file)
  const easel = makeEasel(page, subject)
  const done = new AbortController()
  const wipe = (): void => {
    done.abort()
    easel.close()
    subject.close()
  }
  // At once, and not when the promises come round to it: a page that is left runs no more of them.
  signal.addEventListener('abort', wipe)
  try {
    signal.throwIfAborted()
    listen(page, subject, easel, done.signal)
    await easel.redraw()
    return await coverAndSend(page, file, { subject, easel }, signal)
  } finally {
    signal.removeEventListener('abort', wipe)
    wipe()
  }
}

/** Opens a file by what it is. The library for videos is fetched now, and only now. */
async function open(file: Blob): Promise<Subject> {
  if (!file.type.startsWith('video/')) return openPhoto(file)
  if (!('VideoEncoder' in window && 'VideoDecoder' in window)) throw new CannotClean('no-video')
  const { openVideo } = await import('./video.ts')
  return openVideo(file)
}

/** Lets what stands beside the picture work. */
function listen(page: Page, subject: Subject, easel: Easel, signal: AbortSignal): void {
  const everything = page.part<HTMLInputElement>('everything')
  everything.checked = false
  const original = page.root.querySelector<HTMLInputElement>('[data-photo-original]')
  if (original) original.checked = false
  page.part('video-only').hidden = subject.kind !== 'video'
  page.part('undo').addEventListener('click', () => easel.undo(), { signal })
  everything.addEventListener(
    'change',
    () => {
      easel.everything = everything.checked
      void easel.redraw()
    },
    { signal },
  )
  watch(page, 'cover', subject, (second) => easel.redraw(second), signal)
}

interface Opened {
  subject: Subject
  easel: Easel
}

async function coverAndSend(
  page: Page,
  file: File,
  opened: Opened,
  signal: AbortSignal,
): Promise<Ending> {
  const { subject, easel } = opened
  let told = await coverFaces(page, opened, signal)
  const sender = senderOf(page, file)
  for (;;) {
    page.show('cover')
    page.say(told)
    told = ''
    if ((await pressed(page, ['to-look', 'drop'], signal)) === 'drop') return null
    const made = await make(page, subject, easel)
    signal.throwIfAborted()
    const ending = await look(page, made, sender, signal)
    if (ending !== 'back') return ending
  }
}

/** Covers the faces that the phone finds; answers what the person is told of it. They may stop it. */
async function coverFaces(page: Page, opened: Opened, signal: AbortSignal): Promise<string> {
  if (!('FaceDetector' in window || page.root.dataset.faceModel)) return page.word('no-faces')
  const { subject, easel } = opened
  page.show('cover')
  const found = await whileBusy(page, 'cover', signal, async (stop) => {
    const library = await import('./faces.ts').catch(() => null)
    stop.throwIfAborted()
    return library?.lookForFaces(page, opened, stop) ?? null
  })
  easel.coverBoxes(found?.boxes ?? [])
  const count = page.number(found?.boxes.length ?? 0)
  if (found?.looked) return page.word(subject.kind === 'video' ? 'faces-video' : 'faces', { count })
  return page.word('not-looked')
}

/** The file that will be sent. */
async function make(page: Page, subject: Subject, easel: Easel): Promise<Blob> {
  const text = page.word('cleaning')
  page.busy('cover', true)
  page.progress(0, text)
  try {
    return await subject.encode(easel, (share) => page.progress(share, text))
  } finally {
    page.progress(null)
    page.busy('cover', false)
  }
}

/** Shows the very bytes that will be sent, decoded again; sends them when they are ticked off. */
async function look(
  page: Page,
  made: Blob,
  sender: ReturnType<typeof senderOf>,
  signal: AbortSignal,
): Promise<Ending | 'back'> {
  const shown = await open(made)
  const done = new AbortController()
  const canvas = page.part<HTMLCanvasElement>('look-canvas')
  const wipe = (): void => {
    done.abort()
    shown.close()
    canvas.width = canvas.height = 1
  }
  signal.addEventListener('abort', wipe)
  try {
    signal.throwIfAborted()
    canvas.width = shown.width
    canvas.height = shown.height
    await drawOn(page, canvas, shown, done.signal)
    page.part('look-size').textContent = page.word('look-size', { size: page.size(made.size) })
    page.part<HTMLInputElement>('tick').checked = false
    page.show('look')
    return await untilSent(page, made, sender, signal)
  } finally {
    signal.removeEventListener('abort', wipe)
    wipe()
  }
}

async function drawOn(
  page: Page,
  canvas: HTMLCanvasElement,
  shown: Subject,
  signal: AbortSignal,
): Promise<void> {
  const pen = canvas.getContext('2d', { alpha: false })
  if (!pen) throw new CannotClean('hides')
  await shown.draw(pen, 0)
  page.part('look-video-only').hidden = shown.kind !== 'video'
  watch(page, 'look', shown, (second) => shown.draw(pen, second), signal)
}

async function untilSent(
  page: Page,
  made: Blob,
  sender: ReturnType<typeof senderOf>,
  signal: AbortSignal,
): Promise<Ending | 'back'> {
  for (;;) {
    const button = await pressed(page, ['send', 'back', 'drop-look'], signal)
    if (button === 'back') return 'back'
    if (button === 'drop-look') return null
    if (page.part<HTMLInputElement>('tick').checked) {
      const sent = await sender(made, signal)
      if (sent) return sent
    } else {
      page.fail(page.word('tick-missing'))
      page.part('tick').focus()
    }
  }
}
