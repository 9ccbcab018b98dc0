declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'

  /** The package ships no types; of what it does, the tests only open messages. */
  interface HttpEce {
    decrypt(
      message: Buffer,
      keys: { version: 'aes128gcm'; privateKey: ECDH; authSecret: Buffer },
    ): Buffer
  }
  const ece: HttpEce
  export default ece
}
