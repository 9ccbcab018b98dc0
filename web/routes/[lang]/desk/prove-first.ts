import type { SubmitFunction } from '$app/forms'
import { PasskeyFailure, stepUp } from './passkey.ts'

/**
 * For forms whose act needs a fresh proof: when the server asks for one, the passkey is asked by
 * `prove`, which is given the form, and the form goes again by itself. `tell` is given the code of
 * what went wrong, or null; `after` runs where nothing did.
 */
export const proveFirst =
  (
    tell: (code: string | null) => void,
    prove: (form: FormData) => Promise<void> = stepUp,
    after: () => void = () => {},
  ): SubmitFunction =>
  ({ formElement, formData, submitter }) => {
    tell(null)
    return async ({ result, update }) => {
      const asked = result.type === 'failure' && result.data?.problem === 'desk/step-up-needed'
      if (!asked) return update({ reset: result.type === 'success' }).then(after)
      try {
        await prove(formData)
        formElement.requestSubmit(submitter)
      } catch (error) {
        tell(error instanceof PasskeyFailure ? error.code : 'unexpected')
      }
    }
  }
