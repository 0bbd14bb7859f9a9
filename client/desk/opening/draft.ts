/** A study that somebody is about to open, as the fields hold it, and as the server takes it. Pure. */

export interface StudyDraft {
  protocol: string
  isPractice: boolean
  title: string
  /** Null as long as it follows from the name. */
  id: string | null
  organisation: string
  contact: string
  helpLine: string
  /** One a line. */
  regions: string
  acceptedBy: string
  drafts: string[]
  seed: string
}

export const emptyStudy: StudyDraft = {
  protocol: '',
  isPractice: false,
  title: '',
  id: null,
  organisation: '',
  contact: '',
  helpLine: '',
  regions: '',
  acceptedBy: '',
  drafts: [],
  seed: '',
}

/** A short name from a name: `Onderzoek De Familie (2)` becomes `onderzoek-de-familie-2`. Empty where nothing of it is left. */
export const shortName = (title: string): string =>
  title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-$/, '')

export const idOf = ({ id, title }: Pick<StudyDraft, 'id' | 'title'>): string => id ?? shortName(title)

export type EnteredStudy = ReturnType<typeof enteredStudy>

/** What does not hold for the chosen kind of study or protocol is left out, also where it was typed before. */
export const enteredStudy = (draft: StudyDraft, { drafts, byLot }: { drafts: readonly string[]; byLot: boolean }) => ({
  id: idOf(draft),
  protocol: draft.protocol,
  title: draft.title,
  organisation: draft.organisation,
  contact: draft.contact,
  helpLine: draft.helpLine.trim() || null,
  regions: linesOf(draft.regions),
  demonstration: draft.isPractice,
  standInsAcceptedBy: draft.isPractice ? '' : draft.acceptedBy,
  draftsAccepted: draft.isPractice ? [] : draft.drafts.filter((language) => drafts.includes(language)),
  allocationSeed: byLot ? draft.seed : '',
})

/** The lines of a text, each once, without what is empty. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((one) => one.trim())
      .filter(Boolean),
  ),
]
