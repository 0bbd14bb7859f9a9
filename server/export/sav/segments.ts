/**
 * How a text variable lies in a `.sav` file. Up to 255 bytes it is one variable. A longer one is split in segments, each a variable
 * of its own in the dictionary, which a record ties together.
 *
 * Source: GNU PSPP Internals, "System File Format", "Variable Record" and "Very Long String Record". Segments are declared for 252
 * bytes of the whole each, but hold 255 of them.
 */
const longestSegment = 255
const declaredFor = 252

/** The widths with which a text of `width` bytes is declared. */
export function segmentWidths(width: number): number[] {
  if (width <= longestSegment) return [width]
  const count = Math.ceil(width / declaredFor)
  return Array.from({ length: count }, (_, index) => (index < count - 1 ? longestSegment : width - declaredFor * (count - 1)))
}

/** Groups of 8 bytes that a declared width takes in a row. */
export const groupsOf = (declared: number): number => Math.ceil(declared / 8)

/** The part of `text` that stands in the segment of this number, from 0. */
export const segmentOf = (text: Buffer, index: number): Buffer => text.subarray(longestSegment * index, longestSegment * (index + 1))
