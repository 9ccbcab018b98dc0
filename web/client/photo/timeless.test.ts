import { expect, it } from 'vitest'
import { forgetTimes } from './timeless.ts'

const box = (name: string, ...content: number[]): number[] => [
  0,
  0,
  0,
  8 + content.length,
  ...new TextEncoder().encode(name),
  ...content,
]
const times = [1, 2, 3, 4, 5, 6, 7, 8]
const none = times.map(() => 0)

it('empties the times of the film, its tracks and their media, and nothing else', () => {
  const film = (when: number[], long: number[]): Uint8Array =>
    new Uint8Array([
      ...box('ftyp', 9, 9, 9, 9),
      ...box(
        'moov',
        ...box('mvhd', 0, 0, 0, 0, ...when, 7, 7),
        ...box(
          'trak',
          ...box('tkhd', 0, 0, 0, 3, ...when, 7),
          ...box('mdia', ...box('mdhd', 1, 0, 0, 0, ...long, 7)),
        ),
      ),
      ...box('mdat', ...times),
    ])
  const bytes = film(times, [...times, ...times])
  forgetTimes(bytes)
  expect(bytes).toEqual(film(none, [...none, ...none]))
})

it('refuses a box that is longer than its file', () => {
  expect(() => forgetTimes(new Uint8Array([0, 0, 0, 99, 1, 1, 1, 1]))).toThrow(RangeError)
})
