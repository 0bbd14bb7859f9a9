/**
 * The 113 families of De familie aan zet (Wijnen-Lunenburg, 2008), as invented families with the fates that the report counts.
 *
 * The report gives the totals; how they fall over groups where it is silent is ours, and marked so below.
 */

export interface PublishedFamily {
  code: string
  cohort: 'prospective' | 'rest' | 'retrospective'
  arm: 'conference' | 'non-conference'
  parents: 'refused' | 'withdrew' | 'take part' | 'not in the study'
  /** Waves for which the file was studied, or the reason for which it was not; null where it is not studied by design. */
  file: string[] | 'no-file-access' | 'file-not-found' | 'file-archived' | 'moved-province' | null
  frek: boolean
  fufrek: boolean
  cvc: boolean
}

/** How many families: 63 prospective of whom 15 are the rest group, 50 retrospective; 90 conferences, 23 without. Which of these were without is ours. */
const groups = [
  { cohort: 'prospective', arm: 'conference', families: 36, refused: 1, withdrew: 3 },
  { cohort: 'prospective', arm: 'non-conference', families: 12, refused: 1, withdrew: 6 },
  { cohort: 'rest', arm: 'conference', families: 14, refused: 0, withdrew: 0 },
  { cohort: 'rest', arm: 'non-conference', families: 1, refused: 0, withdrew: 0 },
  { cohort: 'retrospective', arm: 'conference', families: 40, refused: 0, withdrew: 0 },
  { cohort: 'retrospective', arm: 'non-conference', families: 10, refused: 0, withdrew: 0 },
] as const

/**
 * Files: 79 studied, of which table 6.1 has 61 and 15 at T0, 37 and 11 after 3 months, 42 and 12 after 9 months (with and without a
 * conference). Not studied: 13 without consent for access, 3 not found, 1 archived, 2 moved; from which arm these came is ours.
 */
const files = {
  conference: { studied: 63, T0: 61, FU3: 37, FU9: 42, 'no-file-access': 9, 'file-not-found': 2, 'file-archived': 0, 'moved-province': 2 },
  'non-conference': {
    studied: 16,
    T0: 15,
    FU3: 11,
    FU9: 12,
    'no-file-access': 4,
    'file-not-found': 1,
    'file-archived': 1,
    'moved-province': 0,
  },
} as const

/** Lists of staff and referrers that came in: FREK 87 and 21 (table 3.3), FUFREK 68 of 90, CVC 56 of 63. */
const came = { frek: { conference: 87, 'non-conference': 21 }, fufrek: 68, cvc: 56 }

export function publishedFamilies(): PublishedFamily[] {
  const families = groups.flatMap(({ cohort, arm, families: count, refused, withdrew }) =>
    Array.from({ length: count }, (_, index): PublishedFamily => {
      const parents = index < refused ? 'refused' : index < refused + withdrew ? 'withdrew' : 'take part'
      return {
        code: `${cohort === 'retrospective' ? 'R' : 'P'}-${cohort.slice(0, 4)}-${arm.slice(0, 3)}-${String(index + 1).padStart(2, '0')}`,
        cohort,
        arm,
        parents: cohort === 'retrospective' ? 'not in the study' : parents,
        file: null,
        frek: false,
        fufrek: false,
        cvc: false,
      }
    }),
  )
  for (const arm of ['conference', 'non-conference'] as const) {
    const ofArm = families.filter((one) => one.arm === arm)
    giveFiles(
      ofArm.filter(({ cohort }) => cohort !== 'rest'),
      files[arm],
    )
    for (const one of ofArm.slice(0, came.frek[arm])) one.frek = true
  }
  for (const one of families.filter(({ arm }) => arm === 'conference').slice(0, came.fufrek)) one.fufrek = true
  for (const one of families.filter(({ cohort }) => cohort !== 'retrospective').slice(0, came.cvc)) one.cvc = true
  return families
}

function giveFiles(families: PublishedFamily[], { studied, T0, FU3, FU9, ...reasons }: (typeof files)[keyof typeof files]): void {
  const why = Object.entries(reasons).flatMap(([reason, count]) => Array.from({ length: count }, () => reason as PublishedFamily['file']))
  assertEqual(studied + why.length, families.length)
  for (const [index, one] of families.entries())
    one.file =
      index < studied
        ? [...(index < T0 ? ['T0'] : []), ...(index < FU3 ? ['FU3'] : []), ...(index >= studied - FU9 ? ['FU9'] : [])]
        : (why[index - studied] ?? null)
}

function assertEqual(one: number, other: number): void {
  if (one !== other) throw new Error(`${one} files with a fate, ${other} families`)
}
