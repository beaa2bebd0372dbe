/** For tests that compare many answers and can do without those that take long. */
import type {QueryResponse, QueryService, ServiceRequest} from './queryService.ts'

/**
 * The answer, if it comes at once. A query that takes longer, as on a busy machine, goes to another
 * thread: its answer is ignored, also when it fails because the test has closed the dataset.
 * @throws What the query service throws at once.
 */
export const answerAtOnce = (
  service: QueryService,
  request: ServiceRequest,
): QueryResponse | undefined => {
  const given = service.answer(request)
  if (!(given instanceof Promise)) return given
  given.catch(() => {})
  return undefined
}
