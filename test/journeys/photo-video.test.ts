import { ALL_FORMATS, BufferSource, Input, type InputVideoTrack } from 'mediabunny'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, journey, phone } from './browser.ts'
import { type MediaDoor, startMediaDoor } from './media-door.ts'
import {
  atPhotoPage,
  choose,
  click,
  coverMiddle,
  openPhotoPage,
  sendAsItIs,
} from './photo-steps.ts'
import { frameOf, lookAt, recordVideo, type Seen } from './pictures.ts'
import { textsOf } from './steps.ts'

const lanternport = journey()
const t = textsOf('en')
let door: MediaDoor
beforeAll(async () => {
  door = await startMediaDoor(lanternport)
})
afterAll(() => door.stop())

const chooseVideo = async (page: Page, buffer: Buffer): Promise<void> => {
  await choose(page, { name: 'VID_SECRET.webm', mimeType: 'video/webm', buffer })
  await page.getByText(t('reports.photo.video-moves')).waitFor()
}

/** What a file holds beside its pixels, by another reading of it than the page's. */
async function contentOf(bytes: Buffer) {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) })
  const tracks = await input.getTracks()
  return {
    kinds: tracks.map(({ type }) => type),
    seconds: await lengthOf(await input.getPrimaryVideoTrack()),
    tags: await input.getMetadataTags(),
  }
}

const lengthOf = async (track: InputVideoTrack | null): Promise<number> =>
  track ? (await track.computeDuration()) - (await track.getFirstTimestamp()) : 0

/** Frames of what was sent, seen by a browser whose rules let it play. */
async function framesOf(video: Buffer, seconds: number[]): Promise<Seen[]> {
  const { page } = await lanternport.person({ bypassCSP: true })
  await page.goto('/en/about/privacy')
  const seen: Seen[] = []
  for (const second of seconds)
    seen.push(await lookAt(page, await frameOf(page, video, 'video/webm', second)))
  return seen
}

it('a video goes out without sound, with what was covered covered in every frame', async () => {
  const { page, errors, receipt } = await atPhotoPage(door)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const recorded = await recordVideo(page)
  const before = await contentOf(recorded)
  expect(before.kinds.toSorted()).toEqual(['audio', 'video'])
  expect(asked.filter((url) => /chunks/.test(url))).toEqual([])
  await chooseVideo(page, recorded)
  expect(asked.filter((url) => /workers.chunks/.test(url)).length).toBe(1)
  await expectAccessible(page)
  await coverMiddle(page)
  // Anyone may look through it, and what is covered stays so.
  await page.getByRole('slider', { name: t('reports.photo.slider') }).fill('1')
  const sent = await sendAsItIs(page, door)
  expect(door.received.at(-1)?.headers).toMatchObject({
    authorization: `Receipt ${receipt}`,
    'content-type': 'video/webm',
  })
  const { kinds, seconds, tags } = await contentOf(sent)
  expect(kinds).toEqual(['video'])
  expect(Math.abs(seconds - before.seconds), `${before.seconds}`).toBeLessThan(0.2)
  expect(
    Object.values(tags).filter((tag) => tag !== undefined && Object.keys(tag as object).length > 0),
  ).toEqual([])
  const [uncovered] = await framesOf(recorded, [0.5])
  expect(uncovered?.face).toBeGreaterThan(64 * 64 * 0.8)
  for (const frame of await framesOf(sent, [0, 0.7, 1.4])) {
    expect(frame).toMatchObject({ width: 640, height: 480, face: 0 })
    expect(frame.covered).toBeGreaterThan(64 * 64)
  }
  expect(errors).toEqual([])
})

it('a whole video can be made blocks', async () => {
  const { page, errors } = await atPhotoPage(door)
  await chooseVideo(page, await recordVideo(page))
  await page.getByLabel(t('reports.photo.everything')).check()
  const [frame] = await framesOf(await sendAsItIs(page, door), [0.7])
  // Blocks of 40 pixels: the face began at 288 and ended at 352.
  expect(frame?.edges.length).toBeGreaterThan(0)
  for (const edge of frame?.edges ?? [])
    expect(Math.abs(edge - 40 * Math.round(edge / 40))).toBeLessThan(9)
  expect(errors).toEqual([])
})

it('a browser that cannot clean a video says so, and takes a photo instead', async () => {
  const { page } = await door.person(phone)
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'VideoEncoder')
  })
  await openPhotoPage(page)
  await choose(page, { name: 'a.webm', mimeType: 'video/webm', buffer: Buffer.alloc(100) })
  await page
    .getByRole('alert')
    .filter({ hasText: t('reports.photo.no-video') })
    .waitFor()
  await expectAccessible(page)
  expect(await page.getByText(t('reports.photo.choose')).isVisible()).toBe(true)
})

it('what is made of a video that is left is thrown away', async () => {
  const { page } = await atPhotoPage(door)
  await chooseVideo(page, await recordVideo(page, 1))
  const before = door.received.length
  await click(page, 'drop')
  await page.getByRole('heading', { name: t('reports.photo.choose-title') }).waitFor()
  expect(
    await page.locator('[data-photo-canvas]').evaluate((part) => (part as HTMLCanvasElement).width),
  ).toBe(1)
  expect(door.received.length).toBe(before)
})
