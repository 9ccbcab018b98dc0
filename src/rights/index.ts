// Purpose: know your rights: reviewed guidance by situation, and what kind of paper somebody is shown.
// Words: guide, card. Stores: nothing; guidance is data of the city pack.
// Emits: nothing. Opens: nobody.
// Never: asks for a status, keeps an answer, or says that an entry is lawful or unlawful.
export { warrantApi } from './warrant/api.ts'
export { warrantPage } from './warrant/page.ts'
export { makeWarrant, type WarrantRoom } from './warrant/room.ts'
