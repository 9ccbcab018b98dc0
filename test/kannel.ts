import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real gateway for text messages, as Debian brings it, with the fake SMSC that comes with it. */
const programs = {
  bearerbox: '/usr/sbin/bearerbox',
  smsbox: '/usr/sbin/smsbox',
  fakesmsc: '/usr/lib/kannel/test/fakesmsc',
}

export interface Kannel {
  /** Where its smsbox takes messages, and by what password. */
  port: number
  password: string
  /** What the fake SMSC has written of what came to it. */
  log(): string
  stop(): Promise<void>
}

const install = 'apt-get update && apt-get install -y kannel kannel-extras'
const isThere = (): boolean => Object.values(programs).every((path) => existsSync(path))

/**
 * Whether kannel is here; as root on Debian it is installed where it is not. False is said aloud, with
 * the command: a machine that cannot have it can still run every other test.
 */
export function hasKannel(): boolean {
  if (isThere()) return true
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log(`No kannel here; installing it: ${install}`)
    spawnSync('sh', ['-c', install], { stdio: 'ignore', timeout: 240_000 })
  }
  if (!isThere())
    console.error(`NOT TESTED: no real gateway for texts. Install it with: sudo sh -c '${install}'`)
  return isThere()
}

/** Starts bearerbox, a fake SMSC and smsbox on this machine only. */
export async function startKannel(): Promise<Kannel> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-kannel-'))
  const [admin, boxes, smsc, send] = await freePorts(4)
  const password = 'a password of kannel'
  const conf = join(folder, 'kannel.conf')
  writeFileSync(conf, configuration({ admin, boxes, smsc, send, password, folder }))
  const children: ChildProcess[] = []
  const start = (program: keyof typeof programs, ...args: string[]): void => {
    children.push(
      spawn(programs[program], args, { stdio: ['ignore', 'ignore', 'ignore'], cwd: folder }),
    )
  }
  const log = join(folder, 'smsc.log')
  start('bearerbox', '-v', '4', conf)
  await listening(boxes)
  await listening(smsc)
  children.push(
    spawn(
      '/bin/sh',
      ['-c', `exec ${programs.fakesmsc} -H 127.0.0.1 -r ${smsc} -m 0 "1 2 text x" >smsc.log 2>&1`],
      {
        cwd: folder,
        stdio: 'ignore',
      },
    ),
  )
  start('smsbox', '-v', '4', conf)
  await listening(send)
  return {
    port: send,
    password,
    log: () => (existsSync(log) ? readFileSync(log, 'utf8') : ''),
    async stop() {
      // Bearerbox last: the others end by themselves when it goes, and each is ended by its own id.
      for (const child of children.toReversed()) await ended(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 3000)
  await exit
  clearTimeout(late)
}

async function freePorts(count: number): Promise<[number, number, number, number]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports: number[] = []
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ports.push((server.address() as AddressInfo).port)
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve))
  return ports as [number, number, number, number]
}

/** Waits until something listens there, twenty seconds at most. */
async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`nothing listens on port ${port}: kannel did not start`)
}

const configuration = (at: {
  admin: number
  boxes: number
  smsc: number
  send: number
  password: string
  folder: string
}): string => `
group = core
admin-port = ${at.admin}
admin-interface = 127.0.0.1
admin-password = ${at.password}
smsbox-port = ${at.boxes}
smsbox-interface = 127.0.0.1
log-file = "${at.folder}/bearerbox.log"
log-level = 4
box-allow-ip = 127.0.0.1

group = smsc
smsc = fake
smsc-id = fake
host = 127.0.0.1
port = ${at.smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${at.send}
sendsms-interface = 127.0.0.1
global-sender = 13013
log-file = "${at.folder}/smsbox.log"
log-level = 4

group = sendsms-user
username = porchlight
password = "${at.password}"
max-messages = 3

group = sms-service
keyword = default
text = "none"
`
