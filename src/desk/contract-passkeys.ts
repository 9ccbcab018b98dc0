import { z } from 'zod'

/**
 * What a browser's passkey answers (WebAuthn level 3, JSON forms). Fields we do not read are let
 * through unread: browsers add theirs before anyone can know them.
 */
const base64url = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(most)

const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
}

/** A new passkey, from `navigator.credentials.create()`. */
export const NewPasskey = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8000),
    attestationObject: base64url(40_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
})
export type NewPasskey = z.infer<typeof NewPasskey>

/** A proof by a passkey, from `navigator.credentials.get()`. */
export const PasskeyProof = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8000),
    authenticatorData: base64url(8000),
    signature: base64url(8000),
    userHandle: base64url(100).optional(),
  }),
})
export type PasskeyProof = z.infer<typeof PasskeyProof>

/** The options that a begin call answers, for `@simplewebauthn/browser`; their shape is the spec's. */
export const PasskeyOptions = z.looseObject({ challenge: z.string() })

/** The secret of an enrolment link: 256 random bits, base64url. */
export const LinkSecret = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/)
