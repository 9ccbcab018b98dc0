// Purpose: brings what two people signed off to everyone who asked to hear of that place, once, signed.
// Words: alert, correction, all-clear, subscription, cell. Stores: alerts, subscriptions, alert_pages, push_keys.
// Hears: incident.published. Emits: alert.issued.
// Never: signs by itself, knows a subscriber's place more finely than a thousand residents, sends after expiry.

export { makeSigner } from './signer/core.ts'
export { makeKeyTrust } from './signer/key-trust.ts'
export type { Signer } from './signer/port.ts'
export { readSigningPolicy } from './signer/read-policy.ts'
export { startSigner } from './signer/start-signer.ts'
