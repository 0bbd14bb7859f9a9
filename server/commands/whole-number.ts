import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number from 1 on. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('write a whole number from 1 on')
  return Number(text)
}
