import { error } from '@sveltejs/kit'

/** No page of this address: says so in the reader's language, with the way back. */
export const load = (): never => error(404, { message: 'no such page', code: 'kernel/not-found' })
