/** Checks parts, whose pieces instruments and protocols take in, and whether they are used. */
import type { ReadWithParts } from './catalogue.ts'
import { formatReference, isStandIn, type Mistake, type Problem, type Reference } from './definition.ts'
import { pointer } from './json.ts'
import { checkPlaces, inFiles } from './place.ts'
import type { Instrument, Part } from './schema.ts'
import { checkLanguageTags } from './translations.ts'

type WithParts = Pick<ReadWithParts<Reference & { uses: string[] }>, 'catalogue' | 'files' | 'parts' | 'pieces'>

export const checkParts = ({ parts }: Pick<WithParts, 'parts'>): Problem[] => [
  ...checkPlaces(parts.catalogue.all(), parts.files),
  ...inFiles(parts.catalogue.all(), parts.files, (part) => [...checkStandIn(part), ...checkLanguageTags(part)]),
]

/** What no definition takes in, and what a definition names and takes nothing of. `noun` is what those definitions are. */
export function warnAboutParts({ catalogue, files, parts, pieces }: WithParts, noun: string): Problem[] {
  const used = new Set([...pieces.values()].flatMap((names) => [...names]))
  return [
    ...inFiles(parts.catalogue.all(), parts.files, (part) => warnAboutPart(part, used, noun)),
    ...inFiles(catalogue.all(), files, (definition) =>
      warnAboutUses(definition, pieces.get(files.get(formatReference(definition)) ?? '') ?? new Set()),
    ),
  ]
}

/** The version alone must show a stand-in, because that is what scores and exports carry on. */
export function checkStandIn(definition: Pick<Instrument | Part, 'wording' | 'version'>): Mistake[] {
  const { wording, version } = definition
  if ((wording.status === 'stand-in') === isStandIn(definition)) return []
  return [
    {
      path: '/version',
      reason: isStandIn(definition)
        ? `${version} is marked as a stand-in, but the wording is ${wording.status}: take the part from the hyphen off`
        : `the wording is a stand-in, so the version needs a mark such as ${version}-standin`,
    },
  ]
}

function warnAboutPart(part: Part, used: Set<string>, noun: string): Mistake[] {
  const names = Object.keys(part.define)
  const unused = names.filter((name) => !used.has(`${formatReference(part)}/${name}`))
  if (unused.length === names.length) return [{ path: '', reason: `no ${noun} uses this part` }]
  return unused.map((name) => ({ path: pointer(['define', name]), reason: `no ${noun} uses this piece` }))
}

const warnAboutUses = ({ uses }: { uses: string[] }, pieces: Set<string>): Mistake[] =>
  uses.flatMap((reference, index) =>
    [...pieces].some((piece) => piece.startsWith(`${reference}/`))
      ? []
      : [{ path: `/uses/${index}`, reason: `nothing of ${reference} is used` }],
  )
