import { createECDH, randomBytes, verify } from 'node:crypto'
import { addressHash, sealEndpoint } from '../src/alerts/endpoints.ts'
import { cellsAround, type Width } from '../src/alerts/matching/grow-cells.ts'
import { packCells } from '../src/alerts/matching/stored-cells.ts'
import { insertSubscription } from '../src/alerts/store-subscriptions.ts'
import { storableCells } from '../src/alerts/subscribe.ts'
import { openPushMessage, type Receiver } from '../src/demo/push-service/open-message.ts'
import type { PushService } from '../src/demo/push-service/service.ts'
import { ed25519Public } from '../src/kernel/approvals/index.ts'
import { corner, reported, type TestApp } from './harness.ts'

/** A phone that asked to hear: its push resource, its keys, what it was told when it subscribed. */
export interface Phone {
  endpoint: string
  receiver: Receiver
  capability: string
  stored: { cells: string[] }
}

/** Subscribes a new phone around the `n`th corner of the city. */
export async function subscribedPhone(
  app: TestApp,
  service: PushService,
  { n = 0, width = 'near' as Width, more = {} as object } = {},
): Promise<Phone> {
  const endpoint = service.subscribe()
  const ecdh = createECDH('prime256v1')
  const point = ecdh.generateKeys()
  const auth = randomBytes(16)
  const { status, body } = await app.call('POST', '/api/v1/subscriptions', {
    body: {
      channel: 'webpush',
      language: 'es',
      cells: cellsAround(corner(app, n), width),
      webpush: {
        endpoint,
        keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') },
      },
      ...more,
    },
  })
  if (status !== 201) throw new Error(`the subscription was refused: ${JSON.stringify(body)}`)
  const receiver: Receiver = { secret: ecdh.getPrivateKey(), point, auth }
  return { endpoint, receiver, capability: body.capability, stored: body.stored }
}

/** A confirmed subscription of a number around the first corner of the city; answers its id. */
export async function subscribedNumber(app: TestApp, number: string): Promise<number> {
  const { kernel } = app
  const endpoint = { channel: 'sms' as const, number, capability: kernel.ids.secret() }
  const hash = addressHash(kernel, 'sms', number)
  return kernel.db.transaction().execute((tx) =>
    insertSubscription(tx, {
      ...{ capability_hash: number, state: 'active', channel: 'sms', origin: '', language: 'en' },
      cells: packCells(storableCells(app.app.alerts, cellsAround(corner(app, 0), 'near'))),
      ...{ wants: 1, quiet_from: null, quiet_to: null },
      sealed_endpoint: sealEndpoint(kernel, hash, endpoint),
      ...{ contact_hash: hash, confirm_hash: null, gone_at: null, created_at: kernel.clock.now() },
    }),
  )
}

/** What a phone reads off a push message; throws where it does not open or the signature does not hold. */
export async function readPush(app: TestApp, phone: Phone, body: Buffer) {
  const text = (await openPushMessage(phone.receiver, body)).toString('utf8')
  const [signature = '', keyId = '', receipt = ''] = text.split('.', 3)
  const document = text.slice(signature.length + keyId.length + receipt.length + 3)
  const { alert: key } = await app.app.alerts.signer.keys()
  const holds =
    key.keyId === keyId &&
    verify(
      null,
      Buffer.from(`porchlight-alert-v1\n${document}`),
      ed25519Public(Buffer.from(key.publicKey, 'base64url')),
      Buffer.from(signature, 'base64url'),
    )
  if (!holds) throw new Error('the signature does not hold')
  return { receipt, alert: JSON.parse(document) as { id: string; revision: number; kind: string } }
}

/** Has an incident found and signed off by two people; nothing that follows has run yet. */
export async function confirmedUnsettled(app: TestApp, n = 0) {
  const { incidentId } = await reported(app, { place: corner(app, n) })
  const verifier = await app.token('verifier')
  const approver = await app.token('approver', { person: 'Another', organisation: 'Tidewater' })
  const at = `/api/v1/desk/incidents/${incidentId}`
  const act = async (path: string, token: string, body: object): Promise<void> => {
    const answer = await app.call('POST', `${at}/${path}`, { token, body })
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  }
  await act('findings', verifier, { finding: 'confirmed', basis: 'on-scene' })
  await act('sign-off', approver, { finding: 'confirmed' })
  return { incidentId, correct: () => act('correct', verifier, {}) }
}

/** The same, and everything that follows has run. */
export async function confirmed(app: TestApp, n = 0): Promise<string> {
  const { incidentId } = await confirmedUnsettled(app, n)
  await app.settle()
  return incidentId
}
