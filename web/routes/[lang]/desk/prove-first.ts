import type { SubmitFunction } from '$app/forms'
import { PasskeyFailure, stepUp } from './passkey.ts'

/**
 * For forms whose act needs a fresh proof: when the server asks for one, the passkey is asked, and
 * the form goes again by itself. `tell` is given the code of what went wrong, or null.
 */
export const proveFirst =
  (tell: (code: string | null) => void): SubmitFunction =>
  ({ formElement, submitter }) => {
    tell(null)
    return async ({ result, update }) => {
      const asked = result.type === 'failure' && result.data?.problem === 'desk/step-up-needed'
      if (!asked) return update({ reset: result.type === 'success' })
      try {
        await stepUp()
        formElement.requestSubmit(submitter)
      } catch (error) {
        tell(error instanceof PasskeyFailure ? error.code : 'unexpected')
      }
    }
  }
