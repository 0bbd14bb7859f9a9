/** What the codebook says of a variable of an instrument of which the study uses several versions. */
import { isReworded } from '../../instruments/compare-answers.ts'
import { formatReference, type Localized } from '../../instruments/definition.ts'
import type { ColumnHead, InVersion } from './column.ts'

/** Sentences: whether wording differs within the column, and which versions have columns of their own and why. */
export function aboutVersions({ origin }: ColumnHead): string {
  const versions = origin?.versions ?? []
  return [
    ...rewording(versions),
    ...(origin?.apart ?? []).map(({ references, reasons }) => `Not shared with ${references.join(', ')}: ${reasons.join('; ')}.`),
  ].join(' ')
}

/** Another wording is what a new version is for, so it splits nothing; who reads the column has to know. */
function rewording(versions: InVersion[]): string[] {
  const latest = versions.at(-1)
  if (!latest || !versions.some((version) => isOtherwise(version, latest))) return []
  return [`Wording differs between versions; label and values are those of ${formatReference(latest.instrument)}.`]
}

function isOtherwise(version: InVersion, latest: InVersion): boolean {
  if (version.item && latest.item) return isReworded(version.item, latest.item)
  return version.scale !== undefined && latest.scale !== undefined && !isSame(version.scale.title, latest.scale.title)
}

const isSame = (one: Localized, other: Localized): boolean =>
  Object.entries(one).every(([language, text]) => other[language] === undefined || other[language] === text)
