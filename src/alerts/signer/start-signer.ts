import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { askSigner, type Line } from './ask-signer.ts'
import type { Signer } from './port.ts'

/** Where the signer is: a child of this process on a folder, or a socket that somebody else runs. */
export type SignerPlace = { folder: string; cityFolder: string } | { socket: string }

/**
 * The signer of a deployment, started or connected at the first question. A child ends with its
 * parent, since its line does. A child reads and writes its own folder and reads the program and
 * the city; Node refuses it everything else (`--permission`), the network too.
 */
export const startSigner = (place: SignerPlace): Signer =>
  askSigner(() => ('socket' in place ? lineTo(place.socket) : child(place)))

function child({ folder, cityFolder }: { folder: string; cityFolder: string }): Line {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const program = fileURLToPath(new URL('process.ts', import.meta.url))
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const reads = [`${root}src/*`, `${root}node_modules/*`, `${root}package.json`, `${cityFolder}/*`]
  const permissions = [
    '--permission',
    ...[...reads, `${folder}/*`].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${folder}/*`,
  ]
  const started = spawn(
    process.execPath,
    [...permissions, '--disable-warning=SecurityWarning', program, folder, cityFolder],
    { stdio: ['pipe', 'pipe', 'ignore'], env: {} },
  )
  // A child that cannot start closes its line, which is what is listened to.
  started.on('error', () => started.stdout.destroy())
  return { from: started.stdout, to: started.stdin, close: () => started.stdin.end() }
}

function lineTo(socket: string): Line {
  const line = connect(socket)
  line.on('error', () => line.destroy())
  return { from: line, to: line, close: () => line.destroy() }
}
