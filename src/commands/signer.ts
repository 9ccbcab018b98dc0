import { chmodSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { answerOver, makeSigner, readSigningPolicy } from '../alerts/index.ts'
import { systemClock } from '../kernel/clock.ts'
import { readConfig } from '../kernel/config.ts'
import { untilStopped } from './serve.ts'
import { root } from './session.ts'

interface SignerFlags extends Record<string, unknown> {
  listen: string
}

/**
 * `porchlight signer --listen SOCKET`: the signer of alerts as a user, or on a machine, of its own, so
 * that whoever has the web server has not the key. `serve` and `work` reach it by PORCHLIGHT_SIGNER.
 */
export async function signerCommand(flags: SignerFlags): Promise<void> {
  const config = readConfig(root, flags)
  const policy = readSigningPolicy(join(config.root, 'cities', config.city))
  const signer = makeSigner(join(config.data, 'signer'), systemClock, policy)
  const server = createServer((line) => {
    line.on('error', () => line.destroy())
    void answerOver(signer, line, line).catch(() => line.destroy())
  })
  // A socket that a killed signer left behind; one that is in use is refused by `listen`.
  rmSync(flags.listen, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(flags.listen, resolve)
  })
  chmodSync(flags.listen, 0o660)
  const { alert } = await signer.keys()
  console.log(`The signer listens. Alerts are signed by the key ${alert.keyId}.`)
  await untilStopped({
    async stop() {
      server.close()
    },
  })
}
