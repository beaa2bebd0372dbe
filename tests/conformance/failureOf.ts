/** The error with which a promise rejects. Throws if it does not reject. */
export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('it was expected to fail')
    },
    (error: unknown) => error,
  )
