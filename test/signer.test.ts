import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Signer, startSigner } from '../src/alerts/index.ts'
import { type Program, porchlight, until } from './program.ts'

// The signer as a program of its own, as an operator runs it who wants the web server not to have the key.
const folder = mkdtempSync(join(tmpdir(), 'signer-program-'))
const socket = join(folder, 'signer.sock')
let program: Omit<Program, 'url'>
let signer: Signer
beforeAll(async () => {
  const flags = ['--data', join(folder, 'data'), '--city', 'lanternport', '--listen', socket]
  program = porchlight('signer', ...flags)
  await until(() => program.printed().includes('listens'), 30_000, 'the signer listens')
  signer = startSigner({ socket })
}, 60_000)
afterAll(async () => {
  await signer.stop()
  program.child.kill('SIGTERM')
  await program.ended
  rmSync(folder, { recursive: true, force: true })
})

it('answers over its socket, which others of the machine may not open', async () => {
  const { alert } = await signer.keys()
  expect(program.printed()).toContain(alert.keyId)
  expect(statSync(socket).mode & 0o007).toBe(0)
  expect(existsSync(join(folder, 'data', 'signer', 'alert.key'))).toBe(true)
})

it('signs nothing for whoever only has the socket', async () => {
  const alert = { v: 1, id: 'AAAA-AAAA' } as never
  await expect(signer.sign(alert, [])).rejects.toThrow('ZodError')
  await expect(signer.resume({} as never)).rejects.toThrow()
})

it('lines that are no questions change nothing', async () => {
  const line = connect(socket)
  for (const text of ['nonsense', '{"n":1}', '{"n":1,"ask":"stop","with":[]}', 'x'.repeat(400_000)])
    line.write(`${text}\n`)
  line.end()
  await new Promise((resolve) => line.on('close', resolve).resume())
  expect((await signer.feed()).bytes.subarray(0, 4).toString()).toBe('PLF1')
})

it('a signer that is started again is found again', async () => {
  const before = await signer.keys()
  program.child.kill('SIGKILL')
  await program.ended
  await expect(signer.keys()).rejects.toThrow()
  const flags = ['--data', join(folder, 'data'), '--city', 'lanternport', '--listen', socket]
  program = porchlight('signer', ...flags)
  await until(() => program.printed().includes('listens'), 30_000, 'the signer listens')
  expect(await signer.keys()).toEqual(before)
}, 60_000)
