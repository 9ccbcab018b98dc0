// Purpose: what a person may know and do before, during and after: guides as reviewed data, and what kind of paper they are shown.
// Words: guide, situation, statement; paper, card. Stores: guide_words. Hears nothing. Emits nothing. Opens nobody.
// Never: shows a statement without its source, a translation whose English has changed, what is long out of date, an answer to a question.

export { type GuideBook, makeGuideBook } from './guides/guide-book.ts'
export { guidesApi } from './guides/guides-api.ts'
export { guideFaults } from './guides/read-guides.ts'
export { officerCard } from './officer-card.ts'
export { shortAnswer } from './short-answer.ts'
export { approveWords, type Translating } from './translating/approve-words.ts'
export { type ApprovedWords, makeApprovedWords } from './translating/approved-words.ts'
export { type ToTranslate, toTranslate } from './translating/to-translate.ts'
export { takeXliff, translatingApi } from './translating/translating-api.ts'
export { toXliff } from './translating/xliff.ts'
export { warrantApi } from './warrant/api.ts'
export { warrantFaults } from './warrant/read-warrant.ts'
export { makeWarrant, type WarrantRoom } from './warrant/room.ts'
export { warrantPage } from './warrant/warrant-page.ts'
