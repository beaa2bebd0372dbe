/** No topics leave a story unfindable; too many say nothing. */
export const topicCount = (value: unknown[] | undefined) => {
  const count = value?.length ?? 0
  if (count === 0) return 'Add a topic: topic pages and related stories are built from them.'
  return count <= 12 || 'Keep the twelve topics the story is most about.'
}
