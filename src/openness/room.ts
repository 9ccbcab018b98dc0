import type { Translator } from '../kernel/i18n/index.ts'
import type { Kernel } from '../kernel/kernel.ts'

/** The room's own state: none but what it was given. */
export interface OpennessRoom {
  kernel: Kernel
  /** Where the public reaches us, without a slash at the end: `https://porchlight.example`. */
  origin: string
  translator(lang: string): Translator
}
