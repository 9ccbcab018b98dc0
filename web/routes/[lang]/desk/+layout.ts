/** Passkeys need a script. */
export const csr = true
