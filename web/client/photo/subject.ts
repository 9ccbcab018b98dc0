import type { Pen } from './covers.ts'
import type { Mask } from './mask.ts'

/** What is covered: cells by hand, and everything at once if asked. */
export interface Covering {
  mask: Mask
  everything: boolean
}

/** A photo or a video that was opened on this phone. */
export interface Subject {
  kind: 'photo' | 'video'
  /** The size it is sent in, in pixels. */
  width: number
  height: number
  /** How long it is sent; 0 for a photo. */
  seconds: number
  /** Draws it, or its frame of that second, without covers. */
  draw(pen: Pen, second: number): Promise<void>
  /** Makes the file that is sent: covered, and with nothing in it but pixels. `progress` hears 0 to 1. */
  encode(covering: Covering, progress: (share: number) => void): Promise<Blob>
  /** Lets go of everything that was decoded. */
  close(): void
}

/** A file that this browser cannot open or cannot clean; `why` names the text that says so. */
export class CannotClean extends Error {
  readonly why: 'unreadable' | 'no-video' | 'hides'
  constructor(why: CannotClean['why']) {
    super(why)
    this.name = 'CannotClean'
    this.why = why
  }
}

/** The size in which something is sent: at most `side` on its long side, never larger than it is. */
export function fitted(
  width: number,
  height: number,
  side: number,
  even = false,
): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height))
  // The video codecs halve both sides for colour.
  const whole = (length: number): number =>
    even
      ? Math.max(2, 2 * Math.floor((length * scale) / 2))
      : Math.max(1, Math.round(length * scale))
  return { width: whole(width), height: whole(height) }
}
