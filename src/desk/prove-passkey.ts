import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { Tx } from '../kernel/db/database.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { audit } from './audit.ts'
import { makeChallenge, signedChallenge } from './challenge.ts'
import type { DeskProblem } from './contract.ts'
import type { PasskeyProof } from './contract-passkeys.ts'
import { counterWentBack, inGoodStanding } from './rules.ts'
import type { Site } from './site.ts'
import { findPerson, type PersonRow } from './store.ts'
import { lockPasskey, passkeysOf, setCounter, takeChallenge } from './store-keys.ts'

/** Why somebody proves themselves: to come in, or again, as the person who is in. */
export type Occasion =
  | { purpose: 'sign-in'; personId: null }
  | { purpose: 'step-up' | 'approve'; personId: string }

/** The person, or why not. It is an answer and no exception, so that its audit entry commits. */
export type Proof = { person: PersonRow } | { refused: DeskProblem }

/** Asks the browser for a proof; the challenge lives five minutes and is good for one answer. */
export async function askForProof(
  kernel: Kernel,
  site: Site,
  occasion: Occasion,
  bytes?: Uint8Array<ArrayBuffer>,
) {
  const challenge = await makeChallenge(kernel, { ...occasion, ...(bytes ? { bytes } : {}) })
  const own = occasion.personId ? await passkeysOf(kernel.db, occasion.personId) : []
  return generateAuthenticationOptions({
    rpID: site.rpId,
    challenge,
    userVerification: 'required',
    timeout: 300_000,
    // Nobody is named before sign-in: what a name has enrolled is not a stranger's to know.
    allowCredentials: own.map(({ id, transports }) => ({ id, transports })),
  })
}

/** Checks a proof. Whatever comes of it, its challenge is used up. */
export async function checkProof(
  tx: Tx,
  kernel: Kernel,
  site: Site,
  occasion: Occasion,
  proof: PasskeyProof,
): Promise<Proof> {
  const challenge = signedChallenge(proof.response.clientDataJSON)
  const now = kernel.clock.now()
  if (!challenge || !(await takeChallenge(tx, { challenge, ...occasion, now })))
    return { refused: 'desk/challenge-gone' }
  const passkey = await lockPasskey(tx, proof.id)
  const person = passkey && (await findPerson(tx, passkey.person_id))
  if (!passkey || !person) return { refused: 'desk/sign-in-refused' }
  const kept = Number(passkey.counter)
  const counter = await verifiedCounter(site, challenge, proof, passkey)
  const reason = fault({ occasion, proof, person, kept, counter })
  if (reason) return refuseAloud(tx, kernel, occasion, person, reason)
  await setCounter(tx, proof.id, counter ?? 0)
  return { person }
}

/** The counter of a proof whose origin, user verification and signature are good; else null. */
async function verifiedCounter(
  site: Site,
  challenge: string,
  proof: PasskeyProof,
  passkey: { credential_id: string; public_key: Buffer },
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: proof,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(passkey.public_key),
        // The library compares counters before signatures: a forger could raise the clone alarm.
        // -1 switches that off; `fault` compares once the signature is known to be good.
        counter: -1,
      },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}

type Fault = 'bad-proof' | 'wrong-person' | 'suspended' | 'counter-went-back'

function fault(given: {
  occasion: Occasion
  proof: PasskeyProof
  person: PersonRow
  kept: number
  counter: number | null
}): Fault | null {
  const { occasion, proof, person, kept, counter } = given
  if (counter === null) return 'bad-proof'
  if (occasion.personId !== null && occasion.personId !== person.id) return 'wrong-person'
  // A discoverable passkey says whose it is; coming in, it must (WebAuthn 7.2, step 6).
  const { userHandle } = proof.response
  if (userHandle === undefined && occasion.purpose === 'sign-in') return 'wrong-person'
  if (userHandle !== undefined && userHandle !== userHandleOf(person.id)) return 'wrong-person'
  if (!inGoodStanding(person)) return 'suspended'
  return counterWentBack(kept, counter) ? 'counter-went-back' : null
}

/** The name an authenticator keeps for a person: their id's bytes, base64url. */
export const userHandleOf = (personId: string): string =>
  Buffer.from(personId, 'utf8').toString('base64url')

async function refuseAloud(
  tx: Tx,
  kernel: Kernel,
  occasion: Occasion,
  person: PersonRow,
  reason: Fault,
): Promise<Proof> {
  await audit(tx, kernel, {
    personId: occasion.personId,
    action: `${occasion.purpose}.refused`,
    object: `person:${person.id}`,
    detail: { reason },
  })
  return {
    refused: reason === 'counter-went-back' ? 'desk/passkey-cloned' : 'desk/sign-in-refused',
  }
}
