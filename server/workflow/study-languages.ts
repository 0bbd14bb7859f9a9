/** The languages in which a study asks: those of its protocol, and those into which its texts are translated. */
import { formatReference } from '../../instruments/definition.ts'
import type { Translation } from '../../instruments/translation.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Definitions } from '../definitions/load.ts'
import { ownDrafts, ownLanguages } from '../languages.ts'
import type { Study } from '../queries/studies.ts'

type Asking = Pick<Study, 'demonstration' | 'draftsAccepted'>

/**
 * The languages that participants can choose, those of the protocol first. One of which nobody has read the translation over is among
 * them in a demonstration, and where the study's owner accepted it by name: people decide about taking part by these words.
 */
export function languagesOfStudy(definitions: Definitions, { demonstration, draftsAccepted }: Asking, protocol: Protocol): string[] {
  const further = translatedInto(definitions, protocol).filter(
    (language) =>
      !protocol.languages.includes(language) &&
      (demonstration || draftsAccepted.includes(language) || !isDraft(definitions, protocol, language)),
  )
  return [...protocol.languages, ...further]
}

/** Whether something that people read in `language` was made by machine and read over by nobody: of the study, or of our own pages. */
export function isDraft(definitions: Definitions, protocol: Protocol, language: string): boolean {
  return ownDrafts.includes(language) || translationsInto(definitions, protocol, language).some(({ status }) => status === 'machine-draft')
}

/** The languages beyond those of the protocol that a study could ask in, and only as drafts. */
export const draftsOf = (definitions: Definitions, protocol: Protocol): string[] =>
  translatedInto(definitions, protocol).filter(
    (language) => !protocol.languages.includes(language) && isDraft(definitions, protocol, language),
  )

const instrumentsOf = ({ schedule }: Protocol): string[] => [...new Set(schedule.map(({ instrument }) => instrument))]

const known = new WeakMap<Protocol, string[]>()

/** Made once: every page asks for it. Somebody who reads a language must be able to read the buttons, too. */
function translatedInto({ translated }: Pick<Definitions, 'translated'>, protocol: Protocol): string[] {
  const made = known.get(protocol) ?? ownLanguages.filter((language) => translationsInto({ translated }, protocol, language).length > 0)
  known.set(protocol, made)
  return made
}

const translationsInto = ({ translated }: Pick<Definitions, 'translated'>, protocol: Protocol, language: string): Translation[] => [
  ...translated.protocols.of(formatReference(protocol), language),
  ...instrumentsOf(protocol).flatMap((reference) => translated.instruments.of(reference, language)),
]
