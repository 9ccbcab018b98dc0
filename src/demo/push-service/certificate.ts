import { generate } from 'selfsigned'

/**
 * A key and a certificate for `localhost`, good for two days and signed by itself; PEM. Of two that one
 * program trusts each needs a name of its own: OpenSSL looks for the signer by name.
 */
export async function makeCertificate(
  commonName = 'localhost',
): Promise<{ key: string; cert: string }> {
  const day = 86_400_000
  const made = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + day),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key: made.private, cert: made.cert }
}
