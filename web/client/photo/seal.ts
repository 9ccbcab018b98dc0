// Loaded only when somebody asks for the original to be kept.
import { Encrypter } from 'age-encryption'

/**
 * Locks a file for whoever holds the identity of `recipient` (`age1...`; https://age-encryption.org/v1),
 * piece by piece, so that a long video need not fit into memory. Throws where the recipient is none.
 */
export async function sealFor(recipient: string, file: Blob): Promise<Blob> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const sealed = await encrypter.encrypt(file.stream())
  return new Response(sealed).blob()
}
