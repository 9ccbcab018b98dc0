import type { SubmitFunction } from '$app/forms'

/** Whoever pressed a button that is gone now stands at the top of the page, where it says what happened. */
export function backToTop(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('#main')?.focus()
}

/** Sends a form of the incident without leaving the page, so that keys go on working. */
export const stay: SubmitFunction =
  () =>
  async ({ update }) => {
    await update()
    backToTop()
  }
