import type { PageData } from './$types'

/** Everything the page holds, so that the phone can go on alone. */
export type Whole = NonNullable<PageData['whole']>
type Step = NonNullable<PageData['step']>
export type WarrantNodeView = NonNullable<Step['node']>
export type WarrantCardView = NonNullable<Step['card']>

/** A card with a line of each kind and no words, for the script to fill. */
export const emptyCard: WarrantCardView = {
  card: 'empty',
  verdict: 'SAFETY',
  headline: '',
  urgent: false,
  paper: 'empty',
  notes: [{ key: 'flag', text: '' }],
  say: [{ key: 'empty', english: '', translation: '', onlyIfTrue: true }],
  do: [{ key: 'empty', text: '' }],
  dont: [{ key: 'empty', text: '' }],
  age: 'grey',
  asOf: '',
  reviewBy: '',
  lawyer: '',
  sources: [''],
  contacts: [{ id: 'empty', name: '', phone: '', hours: '', verified: false }],
  own: ['empty'],
}
