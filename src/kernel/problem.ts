/** One thing that is wrong with the input: where (`place.lat`), which rule, and a sentence. */
export interface FieldError {
  path: string
  code: string
  message: string
}

/**
 * The one error people may see (RFC 9457). `code` is `room/reason`; pages map it to a translated
 * sentence. Thrown, so that the transaction around it rolls back.
 */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly errors: FieldError[]

  constructor(code: string, status: number, detail: string, errors: FieldError[] = []) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.status = status
    this.errors = errors
  }
}

/** "Not allowed to know" and "is not there" are one answer, so that neither can be told apart. */
export const notFound = (what = 'There is nothing here.'): Problem =>
  new Problem('kernel/not-found', 404, what)
