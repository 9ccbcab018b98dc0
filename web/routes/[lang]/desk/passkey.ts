import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser'

/** Why a passkey did not work: the problem code of the server, or what the browser said. */
export class PasskeyFailure extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.name = 'PasskeyFailure'
    this.code = code
  }
}

const desk = '/api/v1/desk'

async function post<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(desk + path, {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch(() => null)
  if (!answer) throw new PasskeyFailure('offline')
  if (answer.status === 204) return undefined as T
  const said: unknown = await answer.json().catch(() => null)
  if (answer.ok) return said as T
  const code = typeof said === 'object' && said !== null && 'code' in said ? said.code : null
  throw new PasskeyFailure(typeof code === 'string' ? code : 'unexpected')
}

/** Asks the device, and says in our words what went wrong there. */
async function device<T>(ask: Promise<T>): Promise<T> {
  try {
    return await ask
  } catch (error) {
    throw new PasskeyFailure(deviceFault(error))
  }
}

function deviceFault(error: unknown): string {
  if (error instanceof WebAuthnError) {
    if (error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'already-enrolled'
    if (error.code === 'ERROR_INVALID_DOMAIN' || error.code === 'ERROR_INVALID_RP_ID')
      return 'wrong-address'
  }
  // One name for "cancelled", "timed out" and "no passkey here": browsers do not tell them apart.
  return error instanceof Error && error.name === 'NotAllowedError' ? 'cancelled' : 'no-passkeys'
}

/** Signs in with whichever passkey the person picks. Throws PasskeyFailure. */
export async function signIn(): Promise<void> {
  const optionsJSON = await post<PublicKeyCredentialRequestOptionsJSON>('/session/begin')
  const response = await device(startAuthentication({ optionsJSON }))
  await post('/session/finish', { response })
}

/** Proves again that the signed-in person is there. Throws PasskeyFailure. */
export async function stepUp(): Promise<void> {
  const optionsJSON = await post<PublicKeyCredentialRequestOptionsJSON>('/session/step-up/begin')
  const response = await device(startAuthentication({ optionsJSON }))
  await post('/session/step-up/finish', { response })
}

/** Approves one act by passkey: the question comes from `begin`, and so do the facts it covers. */
async function approval(begin: string, body: unknown, finish: string): Promise<void> {
  const optionsJSON = await post<PublicKeyCredentialRequestOptionsJSON>(begin, body)
  const response = await device(startAuthentication({ optionsJSON }))
  await post(finish, { response })
}

/** What a person is about to do to an incident. */
export type ApprovedAct = {
  act: 'find' | 'sign-off' | 'end' | 'correct'
  finding?: string
  now?: string
}

/** Stands behind an act on an incident as it is now. Throws PasskeyFailure. */
export const approve = (incident: string, act: ApprovedAct): Promise<void> =>
  approval(`/incidents/${encodeURIComponent(incident)}/approvals`, act, '/approvals')

/** Stands behind the end of a halt. Throws PasskeyFailure. */
export const resumeSending = (): Promise<void> =>
  approval('/sending/resume/approval', undefined, '/approvals')

/** Stands behind a drill of this number and place. Throws PasskeyFailure. */
export const approveDrill = (form: FormData): Promise<void> =>
  approval('/drills/approval', { id: form.get('id'), place: form.get('placeId') }, '/approvals')

/** Stands behind the end of a drill. Throws PasskeyFailure. */
export const approveDrillEnd = (form: FormData): Promise<void> =>
  approval(
    `/drills/${encodeURIComponent(String(form.get('id')))}/end/approval`,
    undefined,
    '/approvals',
  )

/** Stands behind another person's newest key. Throws PasskeyFailure. */
export const vouch = (person: string): Promise<void> =>
  approval(`/people/${person}/vouch/begin`, undefined, `/people/${person}/vouch/finish`)

/** Makes a passkey on this device for the person of the link. Throws PasskeyFailure. */
export async function enrol(secret: string): Promise<void> {
  const path = `/enrolments/${encodeURIComponent(secret)}`
  const optionsJSON = await post<PublicKeyCredentialCreationOptionsJSON>(`${path}/begin`)
  const response = await device(startRegistration({ optionsJSON }))
  await post(`${path}/finish`, { response })
}
