const announcement =
  /^\s*(an?\s+|the\s+)?(image|photo|photograph|picture|screenshot)\s+(of|showing)\b/i

/** Screen readers announce a picture as one. */
export const altDoesNotSayPicture = (value: string | undefined) =>
  !value ||
  !announcement.test(value) ||
  'Begin with what the picture shows: screen readers already say that it is a picture.'
