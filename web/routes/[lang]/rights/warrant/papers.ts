import type { Verdict } from '#src/rights/contract-warrant.ts'

/**
 * Our own drawings of the papers people are shown, in the words that the forms print, shortened. None is a copy of a
 * form; each carries the word SAMPLE (warrant-tree.md C, whose layouts a lawyer still has to compare).
 */
export interface Paper {
  id: 'AO-93' | 'AO-442' | 'I-200' | 'I-205' | 'I-247A' | 'I-862'
  /** The number as the form prints it. */
  form: string
  kind: Verdict
  /** Look 1. */
  top: readonly string[]
  title: string
  /** Look 4: lines; `[ ]` draws a box, an empty one a grey bar as if filled in. */
  body: readonly string[]
  /** Look 3. */
  signed: string
}

export const papers: readonly Paper[] = [
  {
    id: 'AO-93',
    form: 'AO 93',
    kind: 'COURT-PAPER-LIKELY',
    top: ['UNITED STATES DISTRICT COURT', 'for the … District of …'],
    title: 'SEARCH AND SEIZURE WARRANT',
    body: [
      'In the Matter of the Search of:',
      '',
      'YOU ARE COMMANDED to execute this',
      'warrant on or before',
      '[ ] in the daytime 6:00 a.m. to 10:00 p.m.',
      '[ ] at any time in the day or night',
    ],
    signed: 'Judge’s signature',
  },
  {
    id: 'AO-442',
    form: 'AO 442',
    kind: 'COURT-PAPER-LIKELY',
    top: ['UNITED STATES DISTRICT COURT', 'for the … District of …'],
    title: 'ARREST WARRANT',
    body: [
      'United States of America v.',
      '',
      'YOU ARE COMMANDED to arrest and bring',
      'before a United States magistrate judge',
      '[ ] Indictment',
      '[ ] Complaint',
    ],
    signed: 'Issuing officer’s signature',
  },
  {
    id: 'I-200',
    form: 'Form I-200',
    kind: 'IMMIGRATION-AGENCY-PAPER',
    top: ['U.S. DEPARTMENT OF', 'HOMELAND SECURITY'],
    title: 'Warrant for Arrest of Alien',
    body: [
      'File No. A …',
      'To: Any immigration officer authorized …',
      'there is probable cause to believe that',
      '',
      'is removable from the United States',
      '[ ] the execution of a charging document',
    ],
    signed: 'Authorized Immigration Officer',
  },
  {
    id: 'I-205',
    form: 'Form I-205',
    kind: 'IMMIGRATION-AGENCY-PAPER',
    top: ['U.S. DEPARTMENT OF', 'HOMELAND SECURITY'],
    title: 'WARRANT OF REMOVAL/DEPORTATION',
    body: [
      'File No. A …',
      'To any immigration officer:',
      '',
      'based upon a final order by:',
      '[ ] an immigration judge',
      '[ ] a United States District … Judge',
    ],
    signed: 'Signature of immigration officer',
  },
  {
    id: 'I-247A',
    form: 'Form I-247A',
    kind: 'OTHER-LEGAL-PAPER',
    top: ['DEPARTMENT OF HOMELAND SECURITY', 'IMMIGRATION DETAINER –'],
    title: 'NOTICE OF ACTION',
    body: [
      'Subject ID …   File No. A …',
      'TO: (jail)   FROM: (office)',
      '',
      'IT IS THEREFORE REQUESTED THAT YOU:',
      'Notify … at least 48 hours before',
      'Maintain custody … 48 hours',
    ],
    signed: 'Signature of Immigration Officer',
  },
  {
    id: 'I-862',
    form: 'Form I-862',
    kind: 'OTHER-LEGAL-PAPER',
    top: ['DEPARTMENT OF HOMELAND SECURITY'],
    title: 'NOTICE TO APPEAR',
    body: [
      'In removal proceedings under section 240',
      'In the Matter of: Respondent',
      '',
      '[ ] You are an arriving alien.',
      'YOU ARE ORDERED to appear before an',
      'immigration judge … at (place, date, time)',
    ],
    signed: 'Signature and Title of Issuing Officer',
  },
]
