// Every component's examples, in one place: the components page shows them, the screenshots picture
// them, axe checks them. Lanternport and all that happens there is invented.
import type { Component, ComponentProps } from 'svelte'
import type Ago from './Ago.svelte'
import type Button from './Button.svelte'
import type Choices from './Choices.svelte'
import type DeskRow from './DeskRow.svelte'
import type Disclosure from './Disclosure.svelte'
import type ErrorSummary from './ErrorSummary.svelte'
import type Facts from './Facts.svelte'
import type Field from './Field.svelte'
import type FindingMark from './FindingMark.svelte'
import type IncidentCard from './IncidentCard.svelte'
import type Kbd from './Kbd.svelte'
import type Notice from './Notice.svelte'
import type Receipt from './Receipt.svelte'
import type Steps from './Steps.svelte'
import type Table from './Table.svelte'

// biome-ignore lint/suspicious/noExplicitAny: a component of whatever props
type AnyComponent = Component<any>

/** One use of a component; `text` stands for its children. */
export interface Example<C extends AnyComponent = AnyComponent> {
  what: string
  props: Omit<ComponentProps<C>, 'children'>
  text?: string
}

/** A component's examples under its name, which is its file's. */
export interface Examples<C extends AnyComponent = AnyComponent> {
  about: string
  examples: readonly Example<C>[]
}

const of = <C extends AnyComponent>(about: string, examples: readonly Example<C>[]): Examples => ({
  about,
  examples: examples as readonly Example[],
})

/** The moment of every example, and how Lanternport tells the time. */
export const exampleClock = {
  now: '2026-06-14T18:17:00Z',
  timeZone: 'America/New_York',
  hourCycle: 'h12',
} as const

const clock = { ...exampleClock, lang: 'en' }

export const examples: Readonly<Record<string, Examples>> = {
  Button: of<typeof Button>('Primary is amber and stands once on a page: the one thing to do.', [
    { what: 'The one thing to do', props: { kind: 'primary' }, text: 'Report what you see' },
    { what: 'Another thing to do', props: { kind: 'secondary' }, text: 'Add to your report' },
    { what: 'A small thing', props: { kind: 'quiet' }, text: 'I am not sure where' },
    {
      what: 'A link with a sign',
      props: { href: '#Button', icon: 'back' },
      text: 'Back to what’s happening',
    },
    {
      what: 'Not now',
      props: { kind: 'secondary', disabled: true },
      text: 'Signed off by another person',
    },
  ]),
  FindingMark: of<typeof FindingMark>(
    'Word and shape first, colour last: it reads in black and white, and in sunlight.',
    [
      { what: 'Two people stand behind it', props: { finding: 'confirmed' } },
      { what: 'Someone is looking', props: { finding: 'checking' } },
      { what: 'It is over', props: { finding: 'ended' } },
      { what: 'We said it, and it was wrong', props: { finding: 'corrected' } },
      { what: 'People looked and found nothing', props: { finding: 'unfounded' } },
      { what: 'It was not immigration enforcement', props: { finding: 'other-agency' } },
      { what: 'Nobody could look', props: { finding: 'inconclusive' } },
      { what: 'Too old to rely on', props: { finding: 'expired' } },
      { what: 'Large, in a sentence of its own', props: { finding: 'confirmed', size: 'large' } },
    ],
  ),
  IncidentCard: of<typeof IncidentCard>(
    'One incident as the public may know it. The whole card takes the tap.',
    [
      {
        what: 'Confirmed',
        props: {
          finding: 'confirmed',
          area: 'Gull Market, Harbourside',
          href: '#IncidentCard',
          what: 'Agents are stopping people at the north entrance.',
          seenAt: '2026-06-14T18:05:00Z',
          checkedAt: '2026-06-14T18:14:00Z',
          clock,
        },
      },
      {
        what: 'Ended',
        props: {
          finding: 'ended',
          area: 'Tidewater Station',
          href: '#IncidentCard',
          what: 'The checkpoint on the east stairs is gone. A trained observer looked.',
          seenAt: '2026-06-14T15:40:00Z',
          checkedAt: '2026-06-14T17:20:00Z',
          clock,
        },
      },
      {
        what: 'Corrected',
        props: {
          finding: 'corrected',
          area: 'Ropewalk',
          href: '#IncidentCard',
          what: 'We said agents were at the school. They were from the fire department.',
          seenAt: '2026-06-13T12:30:00Z',
          clock,
        },
      },
      {
        what: 'Expired',
        props: {
          finding: 'expired',
          area: 'Old Cannery',
          href: '#IncidentCard',
          seenAt: '2026-06-04T14:10:00Z',
          clock,
        },
      },
    ],
  ),
  Notice: of<typeof Notice>('Calm: a sign, a word, an edge. One at a time.', [
    {
      what: 'Good to know',
      props: { kind: 'info' },
      text: 'You may watch and film from a distance where you are not in the way.',
    },
    {
      what: 'Kept',
      props: { kind: 'kept', title: 'Your report is kept' },
      text: 'It is with the verifiers now. Nothing in it says who you are.',
    },
    {
      what: 'Take care',
      props: { kind: 'warning' },
      text: 'A notice to appear is not a warrant. It does not let anyone into your home.',
    },
  ]),
  Field: of<typeof Field>('Label, hint, what is wrong, and the box, tied together.', [
    {
      what: 'With a hint',
      props: {
        name: 'place',
        label: 'Where is it?',
        hint: 'A corner, a station or a shop. Never a person’s home.',
        value: 'Gull Market',
      },
    },
    {
      what: 'Something to put right',
      props: {
        name: 'time',
        label: 'When did you see it?',
        type: 'time',
        size: 'short',
        error: 'Give a time that has passed.',
        value: '23:40',
      },
    },
    {
      what: 'Several lines, optional',
      props: {
        name: 'description',
        label: 'What do you see?',
        hint: 'Leave out names, faces and licence plates.',
        rows: 3,
        optional: true,
      },
    },
    {
      what: 'A list',
      props: {
        name: 'area',
        label: 'Area',
        size: 'medium',
        value: 'harbourside',
        options: [
          { value: 'harbourside', label: 'Harbourside' },
          { value: 'ropewalk', label: 'Ropewalk' },
          { value: 'old-cannery', label: 'Old Cannery' },
        ],
      },
    },
  ]),
  Choices: of<typeof Choices>('Rows as big as a thumb; the whole row takes the tap.', [
    {
      what: 'One answer',
      props: {
        name: 'activity',
        legend: 'What is happening?',
        value: 'stop',
        options: [
          { value: 'stop', label: 'People are being stopped' },
          { value: 'arrest', label: 'Someone is being taken', hint: 'Or was, a moment ago.' },
          { value: 'door-knock', label: 'Agents are at a door' },
          { value: 'other', label: 'Something else' },
        ],
      },
    },
    {
      what: 'As many as are true',
      props: {
        name: 'seen',
        legend: 'What did you see yourself?',
        hint: 'Choose all that are true.',
        many: true,
        beside: true,
        value: ['vests'],
        options: [
          { value: 'vests', label: 'Vests with words' },
          { value: 'cars', label: 'Unmarked cars' },
          { value: 'papers', label: 'Papers shown' },
          { value: 'none', label: 'None of these' },
        ],
      },
    },
    {
      what: 'Something to put right',
      props: {
        name: 'still-there',
        legend: 'Are they still there?',
        error: 'Choose an answer. “I don’t know” is one.',
        options: [
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
          { value: 'unknown', label: 'I don’t know' },
        ],
      },
    },
  ]),
  ErrorSummary: of<typeof ErrorSummary>(
    'First on the page; takes the focus when it arrives; each line leads to its field.',
    [
      {
        what: 'Two things',
        props: {
          quiet: true,
          errors: [
            { field: 'time', message: 'Give a time that has passed.' },
            { field: 'still-there', message: 'Say whether they are still there.' },
          ],
        },
      },
    ],
  ),
  Steps: of<typeof Steps>('Where one is in a form of several pages.', [
    { what: 'The second of three', props: { step: 2, of: 3 } },
  ]),
  Receipt: of<typeof Receipt>('16 digits to copy by hand, left to right in every language.', [
    { what: 'A receipt', props: { code: '4071 9926 3385 1640' } },
  ]),
  Facts: of<typeof Facts>('Names and what belongs to them.', [
    {
      what: 'An incident',
      props: {
        facts: [
          { term: 'Seen', detail: 'Today, 2:05 pm' },
          { term: 'By', detail: 'A trained verifier, and two people who sent reports' },
          { term: 'Signed off by', detail: 'Another person, of another organisation' },
          { term: 'On the public log', detail: 'Entry 1,204' },
        ],
      },
    },
  ]),
  Ago: of<typeof Ago>('As people say it, and as the clock says it; reckoned by the server.', [
    { what: 'Just now', props: { at: '2026-06-14T18:16:40Z', ...clock } },
    { what: 'Today', props: { at: '2026-06-14T18:05:00Z', ...clock } },
    { what: 'Yesterday', props: { at: '2026-06-13T13:30:00Z', ...clock } },
    {
      what: 'Long ago, 24 hours',
      props: { at: '2025-11-02T19:45:00Z', ...clock, hourCycle: 'h23' },
    },
  ]),
  Disclosure: of<typeof Disclosure>('More, for those who want it.', [
    {
      what: 'Closed',
      props: { summary: 'How do you know this?' },
      text: 'A trained verifier stood there, and a second person read what they found before we told anyone.',
    },
    {
      what: 'Open',
      props: { summary: 'What do you keep about me?', open: true },
      text: 'Nothing that says who you are: no address of your phone, no name, no cookie.',
    },
  ]),
  Table: of<typeof Table>('Wider than the screen, it scrolls by itself.', [
    {
      what: 'Numbers',
      props: {
        caption: 'Reports in Lanternport, first half of June',
        columns: [
          { key: 'area', label: 'Area' },
          { key: 'reports', label: 'Reports', number: true },
          { key: 'incidents', label: 'Incidents', number: true },
          { key: 'confirmed', label: 'Confirmed', number: true },
        ],
        rows: [
          { area: 'Harbourside', reports: '1,284', incidents: 37, confirmed: 6 },
          { area: 'Ropewalk', reports: 402, incidents: 19, confirmed: 1 },
          { area: 'Old Cannery', reports: 91, incidents: 11, confirmed: 0 },
        ],
      },
    },
  ]),
  DeskRow: of<typeof DeskRow>('One line of work at the desk: dense, never under 14 px.', [
    {
      what: 'In the queue',
      props: {
        finding: 'checking',
        place: 'Gull Market, north entrance',
        detail: 'Stopping people; two vans; children present',
        href: '#DeskRow',
        count: '12 reports',
        age: '4 min',
        current: true,
      },
    },
    {
      what: 'Confirmed',
      props: {
        finding: 'confirmed',
        place: 'Tidewater Station',
        detail: 'Checkpoint on the east stairs',
        href: '#DeskRow',
        count: '3 reports',
        age: '22 min',
      },
    },
  ]),
  Kbd: of<typeof Kbd>('A key of the keyboard, at the desk.', [
    { what: 'Two keys, one after the other', props: { keys: 'G Q' } },
  ]),
}
