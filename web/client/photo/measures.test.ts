import { expect, it } from 'vitest'
import { limits } from '#src/kernel/limits.ts'
import { measures } from './measures.ts'

it('what the phone sends at most stays under what the server takes', () => {
  expect(measures.photoBytes).toBeLessThanOrEqual(limits.photoBytes)
  expect(measures.videoBytes).toBeLessThanOrEqual(limits.videoBytes)
  expect(measures.originalBytes).toBeLessThanOrEqual(limits.originalBytes)
  expect(measures.videoSeconds).toBeLessThanOrEqual(limits.videoSeconds)
  expect(measures.photoSide ** 2).toBeLessThanOrEqual(limits.photoPixels)
})
