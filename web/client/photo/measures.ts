/**
 * What leaves the phone at most. The server holds its own limits (`src/kernel/limits.ts`); these stay
 * under them, so that nobody waits for an upload that is then refused.
 */
export const measures = {
  /** The long side of a photo, in pixels: enough to read an agency's name, and little to send. */
  photoSide: 2048,
  /** The long side of a video, in pixels. */
  videoSide: 1280,
  videoSeconds: 60,
  /** A video of a minute is about 15 MB at this rate. */
  videoBitsPerSecond: 2_000_000,
  photoBytes: 8_000_000,
  videoBytes: 40_000_000,
  /** The original after sealing, which adds a 4,000th. */
  originalBytes: 100_000_000,
  jpegQuality: 0.85,
  /** Squares of a photo that are looked at for faces at most, and of each moment of a video. */
  faceWindows: 48,
  faceWindowsInMoment: 8,
  faceMoments: 6,
  /** How long a phone looks before it goes on with what it found, and in which time the model must have come and answered. */
  faceSeconds: 15,
  faceWaitSeconds: 45,
  /** How often a lost line is tried again before the person is asked, and after how many seconds. */
  retrySeconds: [1, 3, 9],
  /** The longest time that a busy server may have us wait by ourselves. */
  busySeconds: 30,
} as const
