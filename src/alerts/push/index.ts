// Web Push: from a subscriber's keys and a text to a message that their browser's push service took, or that is over.
// Stores nothing and decides nothing about whom to tell.
export {
  encrypt,
  encryptPrepared,
  messageBytes,
  type Prepared,
  preparedBytes,
  preparedOf,
  prepareKeys,
} from './encrypt.ts'
export { checkEndpoint } from './endpoint.ts'
export type { PushOutcome } from './job.ts'
export { type PushKeys, readPushKeys, storedPushKeys } from './push-keys.ts'
export {
  makePushSender,
  type PushMessage,
  type PushSender,
  type SenderOptions,
  type SendOptions,
} from './send.ts'
export { generateVapidKeys, makeVapid, type Vapid, type VapidKeys } from './vapid.ts'
