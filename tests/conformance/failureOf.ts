/** The error that a promise is rejected with; that it is not rejected is an error too. */
export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('it was expected to fail')
    },
    (error: unknown) => error,
  )
