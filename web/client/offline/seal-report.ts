// Seals what was typed to the server (an age file, C2SP age v1): from then on this phone cannot read it.
import { Encrypter } from 'age-encryption'

/** Sealed reports come in few sizes: their length says little of what is in them. */
const stepBytes = 2048

/** The fields of the report form as an age file to `recipient` (`age1...`). */
export async function sealReport(
  fields: Record<string, string>,
  recipient: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const text = JSON.stringify(fields)
  const { length } = new TextEncoder().encode(text)
  const padding = ' '.repeat(Math.ceil(length / stepBytes) * stepBytes - length)
  return new Uint8Array(await encrypter.encrypt(text + padding))
}
