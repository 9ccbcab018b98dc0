import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../../test/harness.ts'

let app: TestApp
const logged: unknown[] = []
beforeAll(async () => {
  app = await testApp({ log: (line: unknown) => void logged.push(line) })
})
afterAll(() => app.stop())

const path = '/api/v1/rights/warrant'
const ask = (body: unknown, lang = 'en') => app.call('POST', `${path}?lang=${lang}`, { body })
const day = 86_400_000

describe('POST', () => {
  it('begins with the first question, in the language that was asked for', async () => {
    const { status, body, headers } = await ask({}, 'es')
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(body.next).toMatchObject({ node: 'N0' })
    expect(body.next.question).not.toMatch(/danger/)
    expect(
      body.next.options.map(({ id, letter }: { id: string; letter: string }) => [letter, id]),
    ).toEqual([
      ['a', 'yes'],
      ['b', 'no'],
    ])
  })
  it('shows what matters first, then asks on', async () => {
    const { body } = await ask({ audience: 'resident', answers: { N0: 'no', N1: 'car' } })
    expect(body.next.node).toBe('N2')
    expect(body.before).toMatchObject([{ card: 'CARD-CAR' }])
  })
  it('ends in a card with words for the officer in English and what they mean', async () => {
    const answers = ['no', 'home', 'yes', 'b', 'I-205', 'no']
    const { body } = await ask({ audience: 'resident', answers }, 'ar')
    expect(body).toMatchObject({
      card: 'CARD-I205',
      verdict: 'IMMIGRATION-AGENCY-PAPER',
      urgent: true,
      lawyer: null,
      age: 'current',
    })
    expect(body.say[0].english).toBe('I do not consent to entry.')
    expect(body.say[0].translation).toMatch(/[\u0600-\u06ff]/)
    expect(body.dont.length).toBeGreaterThan(3)
    expect(body.contacts[0].phone).toBe('555-0101')
  })
  it('tells staff what staff do', async () => {
    const { body } = await ask({ audience: 'staff', answers: ['no', 'desk', 'no-paper'] })
    expect(body.card).toBe('CARD-NOPAPER-STAFF')
    expect(body.do.join(' ')).toMatch(/legal office first/)
  })
  it.each([
    [{ answers: { N0: 'perhaps' } }, 'rights/unknown-option', 'answers.N0'],
    [{ answers: ['no', 'z'] }, 'rights/unknown-option', 'answers.1'],
    [{ answers: ['yes', 'home'] }, 'rights/not-asked', 'answers.1'],
    [{ answers: { N2: 'a' } }, 'rights/not-asked', 'answers.N2'],
    [{ answers: Array(8).fill('no') }, 'kernel/invalid', 'answers'],
    [{ answers: { N0: 'x'.repeat(61) } }, 'kernel/invalid', 'answers'],
    [{ answers: {}, name: 'Ana' }, 'kernel/invalid', 'name'],
    [{ answers: {}, audience: 'police' }, 'kernel/invalid', 'audience'],
    [{ answers: 7 }, 'kernel/invalid', 'answers'],
    [{ answers: { N0: { a: 1 } } }, 'kernel/invalid', 'answers'],
  ])('refuses %j and says what to do', async (body, code, at) => {
    const answer = await ask(body)
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe(code)
    expect(answer.body.errors[0].path.startsWith(at), JSON.stringify(answer.body)).toBe(true)
  })
  it('names the fault: the options there are', async () => {
    const { body } = await ask({ answers: ['no', 'home', 'perhaps'] })
    expect(body.title).toContain('a (no-paper), b (refuses), c (yes)')
  })
  it('keeps nothing: no answer is in the log', async () => {
    await ask({ answers: ['no', 'courthouse', 'canary-7719'] })
    expect(JSON.stringify(logged)).not.toMatch(/canary-7719|courthouse/)
  })
})

describe('GET', () => {
  it('gives the whole tree with its words', async () => {
    const { status, body } = await app.call('GET', `${path}?lang=es`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ lang: 'es', start: 'N0', mostQuestions: 7 })
    expect(body.nodes.N4.options.map(({ id }: { id: string }) => id)).toContain('I-205')
    expect(body.cards['CARD-I200']).toMatchObject({ lawyer: null, asOf: '2026-11-23' })
    expect(body.texts['do.lawyer']).toBeTruthy()
  })
  it.each(['PUT', 'DELETE', 'PATCH'])('%s is not for this', async (method) => {
    const { status } = await app.call(method, path, { body: {} })
    expect([404, 405]).toContain(status)
  })
})

describe('a card past its review', () => {
  const late = async (days: number) => {
    const before = app.clock.now().getTime()
    const until = Date.parse('2027-02-23T12:00:00Z') + days * day
    app.clock.advance((until - before) / 60_000)
    return (await ask({ answers: ['no', 'home', 'yes', 'b', 'I-200'] })).body
  }
  it('stands on its last day, is grey after it, and hidden 30 days later', async () => {
    expect((await late(0)).age).toBe('current')
    expect(await late(1)).toMatchObject({ age: 'grey', card: 'CARD-I200' })
    expect((await late(30)).age).toBe('grey')
    const hidden = await late(31)
    expect(hidden).toMatchObject({ age: 'hidden', card: 'CARD-I200', say: [], notes: [] })
    expect(JSON.stringify(hidden)).not.toContain('Form I-200')
    expect(hidden.headline).toContain('too old')
    expect(hidden.do).toContain('Call a lawyer.')
    expect(hidden.dont).toContain('Do not resist, push or block anyone.')
    expect(hidden.contacts[0].phone).toBe('555-0101')
    const { body } = await app.call('GET', `${path}?lang=en`)
    expect(body.cards['CARD-I200']).toEqual({ age: 'hidden' })
    expect(body.texts).not.toHaveProperty('CARD-I200')
  })
})
