import { expect, it } from 'vitest'
import { plainJpeg } from './plain-jpeg.ts'

const segment = (marker: number, content: string): number[] => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 0xff,
  ...new TextEncoder().encode(content),
]
const start = [0xff, 0xd8]
const tables = segment(0xdb, 'tables')
const scan = [...segment(0xda, 'head'), 1, 2, 3, 0xff, 0, 0xff, 0xd9]

const plain = (bytes: number[]): number[] =>
  plainJpeg(new Uint8Array(bytes)).flatMap((part) => [...part])

it('keeps what draws the picture, byte for byte, and nothing that tells of it', () => {
  const told = [0xe0, 0xe1, 0xe2, 0xed, 0xee, 0xef, 0xfe].flatMap((marker) =>
    segment(marker, 'GPS'),
  )
  expect(plain([...start, ...told, ...tables, ...segment(0xe1, 'Exif'), ...scan])).toEqual([
    ...start,
    ...tables,
    ...scan,
  ])
})

it('refuses what is no JPEG, and one that ends before its pixels', () => {
  expect(() => plain([0x89, 0x50, 0x4e, 0x47])).toThrow(TypeError)
  expect(() => plain([...start, ...tables])).toThrow(TypeError)
  expect(() => plain([...start, 0x00, 0x01])).toThrow(TypeError)
})
