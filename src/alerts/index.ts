// Purpose: brings what two people signed off to everyone who asked to hear of that place, once, signed.
// Words: alert, correction, all-clear, drill, subscription, cell. Stores: alerts, subscriptions, alert_pages, push_keys, alert_receipts, confirmation_asks.
// Hears: incident.published. Emits: alert.issued, drill.issued.
// Never: signs by itself, knows a subscriber's place more finely than a thousand residents, sends after expiry.

import type { Pool } from 'pg'
import type { Kernel } from '../kernel/kernel.ts'
import { makeAudience } from './matching/audience.ts'
import { type Residents, residentsOf } from './matching/residents.ts'
import { checkEndpoint } from './push/index.ts'
import type { AlertsRoom } from './room.ts'

export { alertsApi } from './api.ts'
export { confirm } from './confirm.ts'
export type { Channels } from './deliver/channels.ts'
export { GatewayFault } from './deliver/gateway-fault.ts'
export { mailChannel } from './deliver/mail/mail-channel.ts'
export { readServer } from './deliver/mail/read-server.ts'
export { openGateway } from './deliver/sms/open-gateway.ts'
export { smsChannel } from './deliver/sms/sms-channel.ts'
export { webPushChannel } from './deliver/web-push-channel.ts'
export { webhookChannel } from './deliver/webhook/webhook-channel.ts'
export { endDrill, newDrillId, startDrill } from './drills.ts'
export { haltSending, readHalt, resumeSending } from './halt.ts'
export { alertsHears, alertsJobs } from './jobs.ts'
export { cellsAround } from './matching/grow-cells.ts'
export { generateVapidKeys } from './push/index.ts'
export { readAlert } from './read-alert.ts'
export { readSending } from './recent-alerts.ts'
export type { AlertsRoom } from './room.ts'
export { makeSigner } from './signer/core.ts'
export { makeKeyTrust } from './signer/key-trust.ts'
export type { Signer } from './signer/port.ts'
export { readSigningPolicy } from './signer/read-policy.ts'
export { startSigner } from './signer/start-signer.ts'
export { answerOver } from './signer/wire.ts'
export { previewCells, subscribe } from './subscribe.ts'
export { unsubscribe } from './unsubscribe.ts'
export { voiceApi } from './voice-api.ts'
export type { Wording } from './words.ts'
export { longWords } from './words.ts'
export { confirmNumber, startNumber, stopNumber } from './words-in.ts'

/** Makes the room. Nothing is read before the first question. */
export function makeAlerts(
  kernel: Kernel,
  pool: Pool,
  given: Pick<
    AlertsRoom,
    'origin' | 'translator' | 'signer' | 'channels' | 'approvals' | 'takeApproval'
  > & { allowLoopback: boolean },
): AlertsRoom {
  let counted: Residents | null = null
  const { allowLoopback, ...rest } = given
  return {
    ...rest,
    kernel,
    audience: makeAudience(kernel.db, pool),
    residents: () => (counted ??= residentsOf(kernel.city)),
    checkAddress: (url) => checkEndpoint(url, { allowLoopback }).href,
  }
}
