import type { Generated } from 'kysely'
import { limits } from './kernel/limits.ts'

/**
 * Every table and column the program keeps, with who may ever see it and for how many days.
 * `test/schema.test.ts` holds this page against the database; `porchlight inventory` prints it as
 * the answer to "what could a demand for data produce?"; `kernel/retention` enforces the days, and
 * destroys the keys of what rests sealed.
 *
 * Classes (design.md 3.3): public, anyone; desk, people with a role; restricted, exact places, free
 * text and contacts; secret, hashes and keys that open nothing by themselves. `keep: 'always'` needs
 * its reason beside it.
 */
export type DataClass = 'public' | 'desk' | 'restricted' | 'secret'

export interface Column<T> {
  class: DataClass
  /** Days after the row's `created_at`, or always. Past it a restricted column is emptied. */
  keep: number | 'always'
  /** What a sealed column is made of (kernel/sealing): past its days no copy of it can be read. */
  holds?: readonly string[]
  /** Never set: it carries the column's type. */
  readonly type?: T
}

const column =
  (dataClass: DataClass) =>
  <T>(keep: number | 'always' = 'always'): Column<T> => ({ class: dataClass, keep })
const open = column('public')
const desk = column('desk')
const restricted = column('restricted')
const secret = column('secret')
/** Fields that rest together under the key of their hour, which is destroyed with their days. */
const sealed =
  (...holds: string[]) =>
  (keep: number): Column<Buffer | null> => ({ class: 'restricted', keep, holds })

const { restrictedDays, noteDays, originalDays } = limits
/** Days a report's coarse facts stay after that: what the statistics are made of. */
const reportDays = 365
const auditDays = 730

type Json = unknown

export const tables = {
  // kernel ------------------------------------------------------------------------------------
  migrations: {
    name: open<string>(),
    checksum: open<string>(),
    applied_at: open<Generated<Date>>(),
  },
  // The event log is never edited (design.md 3.2). Its data holds ids, states and coarse facts only.
  events: {
    seq: desk<Generated<string>>(),
    id: desk<string>(),
    stream: desk<string>(),
    stream_id: desk<string>(),
    type: desk<string>(),
    actor_id: desk<string | null>(),
    data: desk<Json>(),
    at: desk<Date>(),
  },
  // An answer sealed under the caller's own key: without the key nobody can open it.
  idempotency_answers: {
    key_hash: secret<string>(limits.answerDays),
    body_hash: secret<string>(limits.answerDays),
    status: secret<number>(limits.answerDays),
    sealed_answer: secret<Buffer>(limits.answerDays),
    created_at: secret<Date>(limits.answerDays),
  },
  // The log's port: every public act with the salt of its commitment (design.md 6).
  ledger_entries: {
    seq: open<string>(),
    kind: open<string>(),
    subject: open<string>(),
    record: open<string>(),
    salt: secret<Buffer>(),
    hash: open<Buffer>(),
    created_at: open<Date>(),
  },
  ledger_counter: { id: open<number>(), seq: open<string>() },
  // desk --------------------------------------------------------------------------------------
  organisations: {
    id: desk<string>(),
    name: desk<string>(),
    created_at: desk<Date>(),
    suspended_at: desk<Date | null>(),
  },
  people: {
    id: desk<string>(),
    organisation_id: desk<string>(),
    name: desk<string>(),
    roles: desk<string[]>(),
    created_at: desk<Date>(),
    suspended_at: desk<Date | null>(),
  },
  passkeys: {
    credential_id: secret<string>(),
    person_id: desk<string>(),
    public_key: secret<Buffer>(),
    counter: secret<string>(),
    transports: secret<string[]>(),
    created_at: desk<Date>(),
  },
  enrolments: {
    token_hash: secret<string>(7),
    person_id: desk<string>(7),
    expires_at: desk<Date>(7),
    used_at: desk<Date | null>(7),
    created_at: desk<Date>(7),
  },
  challenges: {
    id: secret<string>(1),
    challenge: secret<string>(1),
    purpose: secret<string>(1),
    person_id: secret<string | null>(1),
    expires_at: secret<Date>(1),
    created_at: secret<Date>(1),
  },
  sessions: {
    token_hash: secret<string>(1),
    person_id: desk<string>(1),
    created_at: desk<Date>(1),
    expires_at: desk<Date>(1),
    last_seen_at: desk<Date>(1),
    stepped_up_at: desk<Date | null>(1),
  },
  tokens: {
    token_hash: secret<string>(reportDays),
    person_id: desk<string>(reportDays),
    role: desk<string>(reportDays),
    created_at: desk<Date>(reportDays),
    expires_at: desk<Date>(reportDays),
    revoked_at: desk<Date | null>(reportDays),
  },
  // What people stood behind with their keys; the signer of alerts checks each of them again.
  approvals: {
    id: desk<string>(limits.approvalDays),
    challenge: secret<string>(limits.approvalDays),
    person_id: desk<string>(limits.approvalDays),
    organisation_id: desk<string>(limits.approvalDays),
    act: desk<string>(limits.approvalDays),
    object: desk<string>(limits.approvalDays),
    statement: desk<string>(limits.approvalDays),
    proof: secret<Json | null>(limits.approvalDays),
    created_at: desk<Date>(limits.approvalDays),
  },
  audit_entries: {
    seq: desk<Generated<string>>(auditDays),
    created_at: desk<Date>(auditDays),
    person_id: desk<string | null>(auditDays),
    action: desk<string>(auditDays),
    object: desk<string>(auditDays),
    detail: desk<Json>(auditDays),
  },
  // reports -----------------------------------------------------------------------------------
  reports: {
    id: desk<string>(reportDays),
    source: desk<'web' | 'api' | 'desk' | 'import' | 'sms' | 'voice'>(reportDays),
    source_id: restricted<string | null>(reportDays),
    activity: desk<string>(reportDays),
    observed_at: desk<Date | null>(reportDays),
    time_uncertainty_minutes: desk<number>(reportDays),
    received_at: desk<Date>(reportDays),
    first_hand: desk<boolean>(reportDays),
    place_kind: desk<string>(reportDays),
    still_there: desk<boolean | null>(reportDays),
    detained: desk<boolean | null>(reportDays),
    detained_count: desk<number | null>(reportDays),
    minors_present: desk<boolean | null>(reportDays),
    uncertainty_metres: desk<number | null>(reportDays),
    cell: desk<string | null>(reportDays),
    area_ids: desk<string[]>(reportDays),
    language: desk<string | null>(reportDays),
    sealed: sealed(
      ...['lat', 'lon', 'place_text', 'place_label', 'size', 'unit', 'uniform', 'equipment'],
      ...['description', 'media', 'contact', 'held_back'],
    )(restrictedDays),
    media_count: desk<number>(reportDays),
    entered_by: desk<string | null>(reportDays),
    ranked_last: desk<Generated<boolean>>(reportDays),
    receipt_hash: secret<string | null>(reportDays),
    retracted_at: desk<Date | null>(reportDays),
    created_at: desk<Date>(reportDays),
  },
  // A proof of effort counts once; of whose it was nothing is kept.
  spent_efforts: { hash: secret<string>(1), created_at: secret<Date>(1) },
  report_additions: {
    id: desk<string>(reportDays),
    report_id: desk<string>(reportDays),
    sealed: sealed('text', 'held_back')(restrictedDays),
    still_there: desk<boolean | null>(reportDays),
    created_at: desk<Date>(reportDays),
  },
  // Photos and video. The files lie in DATA/media: the clean copy sealed for restrictedDays, the original sealed by the phone.
  report_media: {
    id: desk<string>(originalDays),
    report_id: desk<string>(originalDays),
    kind: desk<'photo' | 'video'>(originalDays),
    type: desk<string>(originalDays),
    sha256: desk<string>(originalDays),
    bytes: desk<number>(originalDays),
    original_bytes: desk<string | null>(originalDays),
    state: desk<Generated<'waiting' | 'cleared' | 'held-back'>>(originalDays),
    reviewed_by: desk<string | null>(originalDays),
    reviewed_at: desk<Date | null>(originalDays),
    created_at: desk<Date>(originalDays),
  },
  // An unfinished dialogue by text message, under a keyed hash of the number; half an hour, not a day.
  sms_dialogues: {
    number_hash: secret<string>(1),
    sealed: sealed('until', 'dialogue', 'parts')(1),
    created_at: secret<Date>(1),
  },
  // A message that a provider delivered: never taken twice.
  sms_messages: { id_hash: secret<string>(30), created_at: secret<Date>(30) },
  // incidents ---------------------------------------------------------------------------------
  // What became public stays, as the record does; its exact place is emptied on schedule.
  incidents: {
    id: open<string>(),
    status: desk<string>(),
    activity: desk<string>(),
    place_kind: desk<string>(),
    pending_finding: desk<string | null>(),
    pending_basis: desk<string | null>(),
    pending_by: desk<string | null>(),
    pending_organisation_id: desk<string | null>(),
    pending_at: desk<Date | null>(),
    pending_approval: desk<string | null>(),
    sealed: sealed('lat', 'lon', 'place_label')(restrictedDays),
    uncertainty_metres: desk<number | null>(),
    cell: desk<string | null>(),
    area_ids: desk<string[]>(),
    first_observed_at: desk<Date | null>(),
    last_observed_at: desk<Date | null>(),
    last_report_at: desk<Date>(),
    report_count: desk<number>(),
    harm: desk<number>(),
    ranked_last: desk<Generated<boolean>>(),
    // A keyed hash of the words all its reports share: it says that two are the same, never what they say.
    alike: restricted<string | null>(restrictedDays),
    set_aside_at: desk<Date | null>(),
    set_aside_act: desk<string | null>(),
    revision: open<number>(),
    confirmed_at: open<Date | null>(),
    expires_at: open<Date | null>(),
    merged_into: desk<string | null>(),
    created_at: desk<Date>(),
  },
  incident_reports: {
    report_id: desk<string>(reportDays),
    incident_id: desk<string>(reportDays),
    linked_by: desk<string>(reportDays),
    score: desk<number | null>(reportDays),
    reasons: desk<Json>(reportDays),
    created_at: desk<Date>(reportDays),
  },
  proposed_links: {
    report_id: desk<string>(reportDays),
    incident_id: desk<string>(reportDays),
    score: desk<number>(reportDays),
    reasons: desk<Json>(reportDays),
    decided_at: desk<Date | null>(reportDays),
    created_at: desk<Date>(reportDays),
  },
  // Free text of verifiers: what was seen, for the desk only.
  finding_notes: {
    id: desk<string>(reportDays),
    incident_id: desk<string>(reportDays),
    person_id: desk<string>(reportDays),
    sealed: sealed('note')(noteDays),
    created_at: desk<Date>(reportDays),
  },
  // openness ----------------------------------------------------------------------------------
  // The public record: every snapshot was signed off by two people and holds public precision only.
  publications: {
    seq: open<string>(),
    id: open<string>(),
    incident_id: open<string>(),
    revision: open<number>(),
    kind: open<string>(),
    snapshot: open<Json>(),
    at: open<Date>(),
    expires_at: open<Date | null>(),
  },
  publication_counter: { id: open<number>(), seq: open<string>() },
  desk_activity: { id: open<number>(), last_checked_at: open<Date | null>() },
  // The same numbers as the publications': a reader of the stream resumes in both at once.
  signed_alerts: {
    seq: open<string>(),
    incident_id: open<string>(),
    revision: open<number>(),
    document: open<string>(),
    signature: open<string>(),
    key_id: open<string>(),
    at: open<Date>(),
    expires_at: open<Date>(),
  },
  // alerts ------------------------------------------------------------------------------------
  alerts: {
    incident_id: open<string>(),
    revision: open<number>(),
    kind: open<string>(),
    document: open<string>(),
    signature: open<string | null>(),
    key_id: open<string | null>(),
    refusal: desk<string | null>(),
    ledger_seq: open<string | null>(),
    expires_at: open<Date>(),
    created_at: open<Date>(),
    audience: open<'alerts' | 'drills'>(),
  },
  // Kept until its owner ends it, says STOP, or the push service says it is gone. No name, no point,
  // no address in the clear: cells of a thousand residents or more, and where it goes, sealed.
  subscriptions: {
    id: secret<Generated<number>>(),
    version: secret<string>(),
    capability_hash: secret<string>(),
    state: secret<'pending' | 'active' | 'gone'>(),
    channel: secret<'webpush' | 'sms' | 'email' | 'webhook'>(),
    origin: secret<string>(),
    language: secret<string>(),
    cells: secret<Buffer>(),
    wants: secret<number>(),
    quiet_from: secret<number | null>(),
    quiet_to: secret<number | null>(),
    sealed_endpoint: secret<Buffer>(),
    contact_hash: secret<string>(),
    confirm_hash: secret<string | null>(),
    gone_at: secret<Date | null>(),
    created_at: secret<Date>(),
  },
  subscription_counter: { id: desk<number>(), version: desk<string>() },
  // Kept for good: a number that said STOP must not be written to because we forgot that it did.
  stopped_contacts: { contact_hash: secret<string>(), created_at: secret<Date>() },
  // How often a number or address was asked whether it wants alerts.
  confirmation_asks: { contact_hash: secret<string>(1), created_at: secret<Date>(1) },
  alert_pages: {
    id: desk<string>(limits.audienceDays),
    incident_id: desk<string>(limits.audienceDays),
    revision: desk<number>(limits.audienceDays),
    shard: desk<number>(limits.audienceDays),
    channel: desk<string>(limits.audienceDays),
    origin: desk<string>(limits.audienceDays),
    subscription_ids: restricted<number[] | null>(limits.audienceDays),
    claimed_at: desk<Date | null>(limits.audienceDays),
    told: restricted<number[] | null>(limits.audienceDays),
    accepted: desk<number>(limits.audienceDays),
    failed: desk<number>(limits.audienceDays),
    finished_at: desk<Date | null>(limits.audienceDays),
    created_at: desk<Date>(limits.audienceDays),
  },
  alert_receipts: {
    token_hash: secret<string>(limits.audienceDays),
    incident_id: desk<string>(limits.audienceDays),
    revision: desk<number>(limits.audienceDays),
    created_at: desk<Date>(limits.audienceDays),
  },
  push_keys: {
    subscription_id: secret<number>(limits.pushKeyDays),
    slot: secret<number>(limits.pushKeyDays),
    sealed_key: secret<Buffer>(limits.pushKeyDays),
    created_at: secret<Date>(limits.pushKeyDays),
  },
  // What reviewers approved of the guides: published words, kept as long as they are shown.
  guide_words: {
    lang: open<string>(),
    name: open<string>(),
    words: open<string>(),
    source_hash: open<string>(),
    review: open<'native-reviewed' | 'lawyer-reviewed'>(),
    remark: desk<string | null>(),
    approved_by: desk<string>(),
    created_at: desk<Date>(),
  },
  sending_halt: {
    id: open<number>(),
    halted_at: open<Date | null>(),
    halted_by: desk<string | null>(),
    reason: open<string | null>(),
  },
} as const

type TypeOf<C> = C extends Column<infer T> ? T : never
/** The database as Kysely sees it, read off the page above. */
export type Database = {
  [T in keyof typeof tables]: { [C in keyof (typeof tables)[T]]: TypeOf<(typeof tables)[T][C]> }
}
