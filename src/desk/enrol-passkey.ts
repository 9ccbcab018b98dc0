import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { COSEALG, decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { sha256 } from '../kernel/crypto.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { audit } from './audit.ts'
import { makeChallenge, signedChallenge } from './challenge.ts'
import { type DeskProblem, refuse } from './contract.ts'
import type { NewPasskey } from './contract-passkeys.ts'
import { newKeyOf } from './new-key.ts'
import { type NewSession, openSession } from './open-session.ts'
import { userHandleOf } from './prove-passkey.ts'
import { linkLives } from './rules.ts'
import type { Site } from './site.ts'
import * as store from './store-keys.ts'

/** What every passkey speaks. The library's own list depends on what the runtime is trying out. */
const supportedAlgorithmIDs = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256]

/** For whom a link is, as its page shows them. */
export interface Enrolment {
  personId: string
  name: string
  organisation: string
}

/** Whom a link enrols; null when it is unknown, used, expired, or its person is suspended. */
export async function enrolmentOf(kernel: Kernel, secret: string): Promise<Enrolment | null> {
  const row = await store.findEnrolment(kernel.db, sha256(secret))
  if (!row || !linkLives(row, kernel.clock.now())) return null
  return { personId: row.personId, name: row.name, organisation: row.organisation }
}

/** The question to put to the device that shall hold the passkey. Throws `desk/link-gone`. */
export async function beginEnrolment(kernel: Kernel, site: Site, secret: string) {
  const enrolment = await enrolmentOf(kernel, secret)
  if (!enrolment) throw refuse('desk/link-gone')
  const { personId } = enrolment
  const challenge = await makeChallenge(kernel, { purpose: 'enrol', personId })
  const own = await store.passkeysOf(kernel.db, personId)
  return generateRegistrationOptions({
    rpName: 'Porchlight desk',
    rpID: site.rpId,
    userID: new Uint8Array(Buffer.from(userHandleOf(personId), 'base64url')),
    userName: `${enrolment.name}, ${enrolment.organisation}`,
    userDisplayName: enrolment.name,
    challenge,
    timeout: 300_000,
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: own.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/**
 * Keeps the new passkey for the link's person, whoever sends it, uses the link up, and opens a
 * session. Throws `desk/link-gone`, `desk/challenge-gone`, `desk/passkey-unusable`.
 */
export async function finishEnrolment(
  kernel: Kernel,
  site: Site,
  { secret, passkey, replaces }: { secret: string; passkey: NewPasskey; replaces: string | null },
): Promise<NewSession> {
  const result = await kernel.db.transaction().execute(async (tx) => {
    const now = kernel.clock.now()
    const link = await store.lockEnrolment(tx, sha256(secret))
    if (!link || !linkLives(link, now)) return { refused: 'desk/link-gone' } as const
    const refused = await keepPasskey(tx, kernel, site, link.personId, passkey)
    if (refused) return { refused }
    await store.useEnrolment(tx, sha256(secret), now)
    const object = `person:${link.personId}`
    await audit(tx, kernel, { personId: link.personId, action: 'passkey.enrolled', object })
    return openSession(tx, kernel, link, { by: 'enrolment', replaces })
  })
  if ('refused' in result) throw refuse(result.refused)
  await tellSigner(kernel, site, secret, passkey.id)
  return result
}

/** Where the shell made the link the key counts at once; else until somebody vouches it does not. */
async function tellSigner(
  kernel: Kernel,
  site: Site,
  secret: string,
  keyId: string,
): Promise<void> {
  const key = await newKeyOf(kernel, site, keyId)
  if (!key) return
  await kernel.keyTrust
    .enrolled(secret, key)
    .catch(() => kernel.log('warn', 'the signer was not told of a new key'))
}

/** Why the passkey could not be kept, or null. A refusal is no exception: the challenge stays used. */
async function keepPasskey(
  tx: Tx,
  kernel: Kernel,
  site: Site,
  personId: string,
  passkey: NewPasskey,
): Promise<DeskProblem | null> {
  const now = kernel.clock.now()
  const challenge = signedChallenge(passkey.response.clientDataJSON)
  const asked = challenge && { challenge, purpose: 'enrol' as const, personId, now }
  if (!asked || !(await store.takeChallenge(tx, asked))) return 'desk/challenge-gone'
  const credential = await verifiedCredential(site, asked.challenge, passkey)
  if (!credential) return 'desk/passkey-unusable'
  const kept = await store.insertPasskey(tx, {
    id: credential.id,
    personId,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: passkey.response.transports ?? [],
    now,
  })
  return kept ? null : 'desk/passkey-unusable'
}

async function verifiedCredential(site: Site, expectedChallenge: string, response: NewPasskey) {
  try {
    if (bringsCertificates(response)) return null
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    })
    return verified ? registrationInfo.credential : null
  } catch {
    return null
  }
}

/**
 * We ask for no attestation. Checking one would fetch the revocation lists its certificates name:
 * our server would call any address a stranger writes into a certificate.
 */
function bringsCertificates({ response }: NewPasskey): boolean {
  const bytes = new Uint8Array(Buffer.from(response.attestationObject, 'base64url'))
  const attestation = decodeAttestationObject(bytes)
  const format = attestation.get('fmt')
  if (format === 'none') return false
  return format !== 'packed' || attestation.get('attStmt').get('x5c') !== undefined
}
