/** A zone of the IANA database, which knows its summer times; abbreviations such as “BST” do not. */
export const timeZoneExists = (value: string | undefined) => {
  if (!value) return true
  try {
    if (value === 'UTC' || value.includes('/')) {
      new Intl.DateTimeFormat('en', {timeZone: value}).format()
      return true
    }
  } catch {
    // Not a zone: said below.
  }
  return 'Write a time zone by its city, such as “Europe/London”.'
}
