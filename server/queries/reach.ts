import { inArray, type SQL } from 'drizzle-orm'
import type { Reach } from '../access/roles.ts'
import type { cases } from '../db/study-schema/cases.ts'
import type { caseSummaries, listCounts, weekCounts } from '../db/study-schema/summaries.ts'

/** Only these regions; all, where nothing limits it. */
export const inReach = (
  { region }: typeof cases | typeof caseSummaries | typeof listCounts | typeof weekCounts,
  reach: Reach,
): SQL | undefined => (reach === 'everywhere' ? undefined : inArray(region, [...(reach ?? [])]))
