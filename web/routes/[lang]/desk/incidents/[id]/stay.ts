import type { SubmitFunction } from '$app/forms'

/**
 * Sends a form of the incident without leaving the page, so that keys go on working. Whoever pressed a
 * button that is gone now stands at the top of the page, where it says what happened.
 */
export const stay: SubmitFunction =
  () =>
  async ({ update }) => {
    await update()
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('#main')?.focus()
  }
