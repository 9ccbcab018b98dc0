import type { Approval, Statement } from '../kernel/approvals/index.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import type { Translator } from '../kernel/i18n/index.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Channels } from './deliver/channels.ts'
import type { Audience } from './matching/audience.ts'
import type { Residents } from './matching/residents.ts'
import type { Signer } from './signer/port.ts'

/** The room's own state: what it was given, and who asked to hear, in memory. */
export interface AlertsRoom {
  kernel: Kernel
  /** Where the public reaches us, without a slash at the end. */
  origin: string
  translator(lang: string): Translator
  signer: Signer
  /** Counted at the first question: a city of eight million takes a moment. */
  residents(): Residents
  audience: Audience
  /** An address on the public internet that may be sent to; throws `alerts/push-endpoint`. */
  checkAddress(url: string): string
  channels: Channels
  /** The approvals of these numbers (desk), as this transaction sees them. */
  approvals(ids: readonly string[], tx?: Tx): Promise<Approval[]>
  /** The number of this person's approval of an act; throws where they have given none. */
  takeApproval(
    tx: Tx,
    actor: Actor,
    matter: Pick<Statement, 'act' | 'object' | 'facts'>,
    counts: boolean,
  ): Promise<string>
}
