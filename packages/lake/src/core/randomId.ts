import {randomBytes} from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 22
/** Bytes from here on would favour the alphabet's first letters. */
const FAIR = 256 - (256 % ALPHABET.length)

/** 22 letters and digits, as hosted ids have: about 130 random bits. */
export const randomId = (): string => {
  let id = ''
  while (id.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      if (byte < FAIR && id.length < LENGTH) id += ALPHABET[byte % ALPHABET.length]
    }
  }
  return id
}
