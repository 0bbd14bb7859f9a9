/** The manifest: what is in an export, made from what, and the checksums by which it can be recognised. */
import { formatReference } from '../../instruments/definition.ts'
import { missingCodes } from '../../instruments/missing-codes.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { Tier } from './choices.ts'
import type { WithoutConsent } from './consent.ts'
import type { ExportFilter } from './filter.ts'
import type { WrittenFile } from './folder.ts'
import type { FormatName, Language } from './format.ts'
import type { Layout } from './layouts.ts'
import type { NormUse } from './norm-use.ts'
import type { ExportPlan } from './plan.ts'
import type { SharedFacts } from './shared/sharing.ts'
import { standInsIn, standInWarning } from './stand-ins.ts'
import { describeWeights } from './weights.ts'

export interface Counts {
  cases: number
  participants: number
  assignments: number
  responses: number
  /** Scores that count: one per response and scale. */
  scores: number
}

/** A file of the export. `rows` without the header, or the responses of a bundle; null for any other file that is no table. */
export interface ListedFile extends WrittenFile {
  rows: number | null
  columns: number | null
}

export interface ManifestFacts {
  plan: ExportPlan
  layouts: Layout[]
  formats: FormatName[]
  language: Language
  tier: Tier
  filter: ExportFilter | null
  purpose: string | null
  takenBy: string | null
  shared: SharedFacts | null
  withoutConsent: WithoutConsent | null
  sharingWarning: string | null
  files: ListedFile[]
  counts: Counts
  now: string
  software: { name: string; version: string }
}

export type Manifest = ReturnType<typeof manifest>

export function manifest({
  plan,
  layouts,
  formats,
  language,
  tier,
  filter,
  purpose,
  takenBy,
  shared,
  withoutConsent,
  sharingWarning,
  files,
  counts,
  now,
  software,
}: ManifestFacts) {
  const { study, protocol, instruments, prices, weights } = plan
  const standIns = standInsIn(plan)
  return {
    software,
    /** The moment at which the export was made; its only content that differs between two exports of the same data. */
    madeAt: now,
    study: {
      id: study.id,
      title: study.title,
      demonstration: study.demonstration,
      // Who worked for the study is for nobody with whom data are shared.
      standInsAcceptedBy: shared ? null : study.standInsAcceptedBy,
    },
    warning: standIns.length > 0 ? standInWarning(standIns) : null,
    /** The latest; a study may have begun with another. */
    protocol: { id: protocol.id, version: protocol.version, title: protocol.title, source: protocol.source, timeZone: protocol.timeZone },
    /** Versions of protocol and instruments that it adopted, in the order in which it did, each with its first day, but not in data that are shared. */
    adopted: shared ? study.adoptedVersions.map(({ reference }) => ({ reference })) : study.adoptedVersions,
    beganWith: formatReference({ id: study.protocolId, version: study.protocolVersion }),
    instruments: instruments.flatMap(({ versions }) => versions.map(describeInstrument)),
    norms: uniqueNorms(instruments.flatMap(({ norms }) => norms)),
    weights: describeWeights(weights),
    prices: prices.map(({ id: _, ...price }) => price),
    layouts,
    formats,
    /** Of the labels. */
    language,
    tier,
    /** Which part of the study; null for all of it. */
    filter,
    purpose,
    takenBy: shared ? null : takenBy,
    /** Of the tier `shared`: what was done to the data, and families that few others are like. */
    shared,
    // There only where they say something: so an export from before they were there can still be made again.
    ...(withoutConsent && { withoutConsent }),
    ...(sharingWarning !== null && { sharingWarning }),
    csv: { profile: 'research', delimiter: ',', decimal: '.', encoding: 'UTF-8', lineEnd: 'LF', quoting: 'RFC 4180' },
    missingCodes: missingCodes.map(({ code, label }) => ({ code, ...label })),
    emptyCell: {
      nl: 'niet verzameld: er is geen antwoord of geen score, of deze versie van het instrument vraagt het niet',
      en: 'not collected: there is no response or no score, or this version of the instrument does not ask it',
    },
    counts,
    files,
  }
}

const describeInstrument = (instrument: Instrument) => ({
  reference: formatReference(instrument),
  title: instrument.title,
  wording: instrument.wording,
})

function uniqueNorms(norms: NormUse[]) {
  const byReference = new Map(norms.map((norm) => [norm.reference, norm]))
  return [...byReference.values()].map(({ bands, byAge: _, ...norm }) => ({ ...norm, bandSet: bands ? formatReference(bands) : null }))
}
