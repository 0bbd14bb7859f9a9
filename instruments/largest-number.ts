/**
 * The furthest from 0 that an answer can be, whatever its item says: 15 digits are what every program that reads an export keeps whole, and
 * squares of it are numbers that a computer can add up.
 */
export const largestNumber = 999_999_999_999_999
