/** Checks all definitions of an installation: the shipped ones, and a study's own laid over them. */
import { type ReadWithParts, readInstruments } from '../../instruments/catalogue.ts'
import { checkInstruments, warnAboutInstruments } from '../../instruments/check.ts'
import { checkIdentifying, warnAboutIdentifying } from '../../instruments/check-identifying.ts'
import { checkParts, warnAboutParts } from '../../instruments/check-parts.ts'
import { checkPatches } from '../../instruments/check-patches.ts'
import { checkTranslations, warnAboutUntranslated } from '../../instruments/check-translations.ts'
import { type Comparison, compareWithStandIns } from '../../instruments/compare-stand-ins.ts'
import { formatReference, isStandIn, type Problem, type Reference } from '../../instruments/definition.ts'
import { lineAt, scanJson } from '../../instruments/json.ts'
import { inFiles } from '../../instruments/place.ts'
import type { Translation } from '../../instruments/translation.ts'
import { readNorms } from '../../norms/catalogue.ts'
import { checkNorms, warnAboutNorms } from '../../norms/check.ts'
import { checkCosts } from '../../norms/check-prices.ts'
import { readProtocols } from '../../protocols/catalogue.ts'
import { checkProtocols, warnAboutProtocols } from '../../protocols/check.ts'
import { checkLock, checksumOfFile, type Lock, lockPath, readLock } from './checksums.ts'
import { type FoundFile, findFiles, type Kind, kinds, strayFiles } from './files.ts'
import { translationChecksum } from './translation-checksum.ts'

/** A problem, and what can be said of it beyond the file. */
export interface Finding extends Problem {
  /** The line on which it stands. */
  line?: number
  /** The version is sound as far as this goes, and only has to be published. */
  unpublished?: true
}

export interface CheckedDefinition {
  kind: 'instrument' | 'part' | 'norm table' | 'band set' | 'price table' | 'protocol'
  reference: string
  file: string
  standIn: boolean
}

export interface CheckedTranslation extends Pick<Translation, 'of' | 'language' | 'status'> {
  file: string
  /** By which a response remembers it, see `translationChecksum`. */
  checksum: string | null
}

export interface DefinitionsCheck {
  /** What could be read, whether or not something is wrong with it. */
  checked: CheckedDefinition[]
  translations: CheckedTranslation[]
  /** What keeps the definitions from being used. */
  errors: Finding[]
  /** What is allowed and seldom meant. */
  warnings: Finding[]
  /** The study's own instruments beside the shipped stand-ins that they replace. */
  comparisons: Comparison[]
}

/** Checks `shipped`, whose definitions must all be published, and over it `own`, where publishing is optional. */
export function checkDefinitions(shipped: string, own?: string): DefinitionsCheck {
  const { files, instruments, norms, protocols, named, errors, strays } = readAndCheck(shipped, own)
  const warnings = [
    ...strays,
    ...warnAboutInstruments(instruments),
    ...warnAboutIdentifying(instruments),
    ...warnAboutNorms(norms),
    ...warnAboutUntranslated(instruments),
    ...warnAboutUntranslated(protocols),
    ...warnAboutParts(protocols, 'protocol'),
    ...warnAboutProtocols(protocols, named),
  ]
  const withLine = addLines(files)
  return {
    checked: [
      ...list('instrument', instruments),
      ...list('part', instruments.parts),
      ...list('part', protocols.parts),
      ...list('norm table', norms.tables),
      ...list('band set', norms.bandSets),
      ...list('price table', norms.priceTables),
      ...list('protocol', protocols),
    ],
    translations: [instruments, protocols].flatMap(listTranslations),
    errors: errors.map(withLine),
    warnings: warnings.map(withLine),
    comparisons: own === undefined ? [] : compareWithStandIns(instruments.catalogue, referencesIn(own)),
  }
}

/** The errors alone, in half the time: for whoever only has to know whether the definitions can be used. */
export const mistakesIn = (shipped: string, own?: string): Finding[] => readForUse(shipped, own).mistakes

/** What was read, with its errors alone. That shipped lists as they were published can be opened is known; a study's own are tried. */
export function readForUse(shipped: string, own?: string) {
  const { files, errors, instruments, norms, protocols } = readAndCheck(shipped, own, own !== undefined)
  return { read: { instruments, norms, protocols }, mistakes: errors.map(addLines(files)) }
}

function readAndCheck(shipped: string, own: string | undefined, isPublishedKnown = false) {
  const errors: Finding[] = []
  const strays: Finding[] = []
  const found = kinds.map((kind) => [kind, findAll(kind, shipped, own, errors, strays)] as const)
  const files = Object.fromEntries(found.map(([kind, { all }]) => [kind, all])) as Record<Kind, FoundFile[]>
  const known = new Set(isPublishedKnown ? found.flatMap(([, { published }]) => published) : [])
  if (own !== undefined && kinds.every((kind) => findFiles(kind, own, []).length === 0))
    errors.push({
      file: own,
      path: '',
      reason: `there are no definitions here: they lie at ${kinds.map((kind) => `${kind}/ID/VERSION.json`).join(', ')}`,
    })

  const instruments = readInstruments(files.instruments)
  const norms = readNorms(files.norms)
  const protocols = readProtocols(files.protocols)
  const named = { instruments: instruments.catalogue, tables: norms.tables.catalogue, priceTables: norms.priceTables.catalogue }
  errors.push(...instruments.problems, ...checkInstruments(instruments, known), ...checkIdentifying(instruments))
  errors.push(
    ...inFiles(instruments.catalogue.all(), instruments.files, (instrument) => checkCosts(instrument, norms.priceTables.catalogue)),
  )
  errors.push(...norms.problems, ...checkNorms(norms, instruments.catalogue))
  errors.push(...protocols.problems, ...checkParts(protocols), ...checkProtocols(protocols, named))
  errors.push(
    ...checkPatches(instruments),
    ...checkPatches(norms.tables),
    ...checkPatches(norms.bandSets),
    ...checkPatches(norms.priceTables),
    ...checkPatches(protocols),
  )
  errors.push(...checkTranslations(instruments), ...checkTranslations(protocols))
  return { files: Object.values(files).flat(), instruments, norms, protocols, named, errors, strays }
}

const referencesIn = (directory: string): string[] =>
  definitionsAmong(findFiles('instruments', directory, [])).map(({ reference }) => reference)

const definitionsAmong = (files: FoundFile[]): FoundFile[] => files.filter(({ isDefinition }) => isDefinition)

/** The files of a kind, the study's own over the shipped ones, checked against what is published; and paths of the shipped that are as published. */
function findAll(
  kind: Kind,
  shipped: string,
  own: string | undefined,
  errors: Finding[],
  warnings: Finding[],
): { all: FoundFile[]; published: string[] } {
  const shippedFiles = findFiles(kind, shipped, errors)
  const lock = readLock(kind, shipped, errors) ?? {}
  const unlike = checkPublished(shippedFiles, lock, lockPath(kind, shipped), 'npm run definitions:lock')
  errors.push(...unlike)
  const changed = new Set(unlike.map(({ file }) => file))
  const published = definitionsAmong(shippedFiles).flatMap(({ path }) => (changed.has(path) ? [] : [path]))
  if (own === undefined) return { all: shippedFiles, published }

  const ownFiles = findFiles(kind, own, errors)
  const ownLock = readLock(kind, own, errors)
  if (ownLock) errors.push(...checkPublished(ownFiles, ownLock, lockPath(kind, own), `npm run definitions:lock -- ${own}`))
  const replaced = new Map(shippedFiles.map((file) => [file.name, file]))
  for (const file of definitionsAmong(ownFiles)) {
    const other = replaced.get(file.name)
    if (other && checksumOfFile(other) !== checksumOfFile(file))
      errors.push({
        file: file.path,
        path: '/version',
        reason: `${file.reference} is already published with other content: give yours a version of its own`,
      })
  }
  for (const path of strayFiles(kind, own))
    warnings.push({ file: path, path: '', reason: `this file is not read: definitions lie at ${kind}/ID/VERSION.json` })
  return { all: [...new Map([...shippedFiles, ...ownFiles].map((file) => [file.name, file])).values()], published }
}

function checkPublished(files: FoundFile[], lock: Lock, lockFile: string, command: string): Finding[] {
  const { changed, unlocked } = checkLock(files, lock, lockFile)
  const reason = `it is not published: when it is ready, \`${command}\` adds it to ${lockFile}`
  return [...changed, ...unlocked.map(({ path }) => ({ file: path, path: '', reason, unpublished: true as const }))]
}

function list(
  kind: CheckedDefinition['kind'],
  { catalogue, files }: { catalogue: { all(): Reference[] }; files: Map<string, string> },
): CheckedDefinition[] {
  return catalogue.all().map((definition) => {
    const reference = formatReference(definition)
    return { kind, reference, file: files.get(reference) ?? '', standIn: isStandIn(definition) }
  })
}

const listTranslations = ({ translations }: Pick<ReadWithParts<Reference>, 'translations'>): CheckedTranslation[] =>
  translations.map(({ file, translation }) => {
    const { of, language, status } = translation
    return { of, language, status, file, checksum: translationChecksum([translation]) }
  })

function addLines(files: FoundFile[]): (problem: Finding) => Finding {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  // A file can have hundreds of warnings, one for each text that is not translated.
  const scanned = new Map<string, ReturnType<typeof scanJson>>()
  const scan = (file: string, text: string): ReturnType<typeof scanJson> => {
    const known = scanned.get(file) ?? scanJson(text)
    scanned.set(file, known)
    return known
  }
  return (problem) => {
    const text = problem.path === '' ? undefined : texts.get(problem.file)
    const line = text === undefined ? undefined : lineAt(scan(problem.file, text), problem.path)
    return line === undefined ? problem : { ...problem, line }
  }
}
