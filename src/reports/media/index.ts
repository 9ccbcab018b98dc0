// Photos and video of reporters (docs/media.md): the outside of this part of the room.
export { mediaApi } from './api.ts'
export { reviewMedia } from './review-media.ts'
export { type MediaRoom, makeMedia } from './room.ts'
export { described, type MediaRow, mediaOf } from './store.ts'
export { sweepMedia } from './sweep-media.ts'
