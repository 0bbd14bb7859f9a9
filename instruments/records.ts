/** Records among answers, and how their items are called. Without zod: the respondent's page loads this too. */
import type { Answer, AnswerRecord } from './schema.ts'

export const isRecords = (answer: Answer | undefined): answer is AnswerRecord[] => Array.isArray(answer) && typeof answer[0] === 'object'

/** How an item of a record is called where problems, open and hidden items are listed: `placements[1].start`, counted from 0. */
export const inRecord = (records: string, index: number, item: string): string => `${records}[${index}].${item}`

/** Reads `placements[1].start`; undefined for an item outside records. */
export function placeInRecord(name: string): { group: string; index: number; item: string } | undefined {
  const [, group, index, item] = /^(\w+)\[(\d+)\]\.(\w+)$/.exec(name) ?? []
  return group === undefined || item === undefined ? undefined : { group, index: Number(index), item }
}
