/** Where the scores of a family come from: who answered, and about whom where a list is about one. */
import type { CaseFile } from '../api.ts'

export interface Source {
  participant: string
  about: string | null
}

/** The same for equal sources. */
export const sourceKey = ({ participant, about }: Source): string => `${participant} ${about}`

/** The sources of `scores`, each once, in the order of the family's people. */
export function sourcesIn({ participants }: Pick<CaseFile, 'participants'>, scores: Source[]): Source[] {
  const place = (id: string | null) => participants.findIndex((one) => one.id === id)
  const sources = new Map(scores.map(({ participant, about }) => [sourceKey({ participant, about }), { participant, about }]))
  return [...sources.values()].sort((a, b) => place(a.participant) - place(b.participant) || place(a.about) - place(b.about))
}
